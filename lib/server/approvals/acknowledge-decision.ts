import { and, eq, sql } from "drizzle-orm";
import { approvals } from "@/db/schema";
import type { Approval } from "@/lib/core/api/approval";
import { DomainError } from "../errors";
import { services } from "../services";
import { toApproval } from "./approval-row";
import { findApproval } from "./find-approval";

/** The agent confirms that it has the decision. Idempotent. Throws not_found, and conflict when nothing was decided. */
export async function acknowledgeDecision(projectId: string, id: string): Promise<Approval> {
  const { approval } = await findApproval(projectId, id);
  if (approval.decidedThrough !== "watchfloor")
    throw new DomainError("conflict", "This request has no decision from Watchfloor to acknowledge.", { path: "approval" });
  const nowMs = services().now();
  await services()
    .db.update(approvals)
    .set({ acknowledgedAtMs: sql`coalesce(${approvals.acknowledgedAtMs}, ${nowMs})` })
    .where(and(eq(approvals.projectId, projectId), eq(approvals.id, approval.id)));
  return toApproval(await findApproval(projectId, id));
}
