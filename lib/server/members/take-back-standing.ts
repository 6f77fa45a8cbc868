import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { standingApprovals } from "@/db/schema";
import { services } from "../services";

type Whose = { readonly projectId: string; readonly member: string; readonly by: string };

/** Who may not decide any more allows nothing in advance either. */
export async function takeBackStanding(tx: Pick<Db, "update">, { projectId, member, by }: Whose): Promise<void> {
  const open = and(
    eq(standingApprovals.projectId, projectId),
    eq(standingApprovals.createdByMember, member),
    isNull(standingApprovals.revokedAtMs),
  );
  await tx.update(standingApprovals).set({ revokedAtMs: services().now(), revokedBy: by }).where(open);
}
