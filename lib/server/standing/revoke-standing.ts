import { and, eq, isNull } from "drizzle-orm";
import { standingApprovals } from "@/db/schema";
import { deciderName } from "../approvals/decider-name";
import { DomainError } from "../errors";
import type { Principal } from "../http/principal";
import { services } from "../services";
import { isUuid } from "../uuid";

/** Revokes it: it approves no more requests. What it approved stays approved. Throws not_found. */
export async function revokeStanding(principal: Principal, id: string): Promise<void> {
  const { db, now } = services();
  const { projectId } = principal;
  const place = and(eq(standingApprovals.projectId, projectId), eq(standingApprovals.id, id));
  if (!isUuid(id) || (await db.$count(standingApprovals, place)) === 0)
    throw new DomainError("not_found", "There is no standing approval with this id.");
  await db
    .update(standingApprovals)
    .set({ revokedAtMs: now(), revokedBy: await deciderName(principal) })
    .where(and(place, isNull(standingApprovals.revokedAtMs)));
}
