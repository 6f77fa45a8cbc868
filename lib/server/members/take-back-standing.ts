import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { standingApprovals } from "@/db/schema";
import { services } from "../services";

/** Who allowed it in advance, and the name of who takes it back. */
type Whose = { readonly projectId: string; readonly by: string } & ({ readonly member: string } | { readonly key: string });

/** Who may not decide any more, and a key that was revoked, allows nothing in advance either. */
export async function takeBackStanding(tx: Pick<Db, "update">, whose: Whose): Promise<void> {
  const { projectId, by } = whose;
  const given = "member" in whose ? eq(standingApprovals.createdByMember, whose.member) : eq(standingApprovals.createdByKey, whose.key);
  const open = and(eq(standingApprovals.projectId, projectId), given, isNull(standingApprovals.revokedAtMs));
  await tx.update(standingApprovals).set({ revokedAtMs: services().now(), revokedBy: by }).where(open);
}
