import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { standingApprovals } from "@/db/schema";
import { services } from "../services";

/** Who created the standing approvals, and the name of who revokes them. */
type Whose = { readonly projectId: string; readonly by: string } & ({ readonly member: string } | { readonly key: string });

/** Revokes the standing approvals of a member who may no longer decide, or of a revoked key. */
export async function takeBackStanding(tx: Pick<Db, "update">, whose: Whose): Promise<void> {
  const { projectId, by } = whose;
  const given = "member" in whose ? eq(standingApprovals.createdByMember, whose.member) : eq(standingApprovals.createdByKey, whose.key);
  const open = and(eq(standingApprovals.projectId, projectId), given, isNull(standingApprovals.revokedAtMs));
  await tx.update(standingApprovals).set({ revokedAtMs: services().now(), revokedBy: by }).where(open);
}
