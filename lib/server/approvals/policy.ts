import { eq } from "drizzle-orm";
import { approvalPolicies } from "@/db/schema";
import { type ApprovalPolicy, defaultApprovalPolicy } from "@/lib/core/approvals/policy";
import { DomainError } from "../errors";
import type { Principal } from "../http/principal";
import { services } from "../services";
import type { ApprovalRow } from "./approval-row";
import { deciderName } from "./decider-name";

/** The project's approval policy. Deadlines and their outcome are read here, and in SQL where deadlines are set and pass. */
export async function approvalPolicy(projectId: string): Promise<ApprovalPolicy> {
  const [row] = await services().db.select().from(approvalPolicies).where(eq(approvalPolicies.projectId, projectId));
  if (!row) return defaultApprovalPolicy;
  const { deadlineMs, onDeadline, standingAllowed } = row;
  return { deadlineSeconds: deadlineMs === null ? null : deadlineMs / 1_000, onDeadline, standingAllowed };
}

/** Applies to new requests, and to deadlines that pass from now on. */
export async function changeApprovalPolicy(principal: Principal, policy: ApprovalPolicy): Promise<ApprovalPolicy> {
  const { db, now } = services();
  const { deadlineSeconds, onDeadline, standingAllowed } = policy;
  const row = {
    ...{ onDeadline, standingAllowed, deadlineMs: deadlineSeconds === null ? null : deadlineSeconds * 1_000 },
    ...{ changedAtMs: now(), changedBy: await deciderName(principal) },
  };
  await db
    .insert(approvalPolicies)
    .values({ ...row, projectId: principal.projectId })
    .onConflictDoUpdate({ target: approvalPolicies.projectId, set: row });
  return approvalPolicy(principal.projectId);
}

/** Throws own_request when a key would decide a request that it made. */
export function requireMayDecide(principal: Pick<Principal, "keyId">, row: Pick<ApprovalRow, "askedBy">): void {
  if (principal.keyId !== undefined && principal.keyId === row.askedBy)
    throw new DomainError("own_request", "A key cannot decide a request that it made.", {
      hint: "Decide with another key, or in a browser that was not signed in by a link from this key.",
    });
}

/** Throws forbidden when the project does not permit standing approvals. */
export async function requireMayStand(projectId: string): Promise<void> {
  if (!(await approvalPolicy(projectId)).standingAllowed)
    throw new DomainError("forbidden", "This project does not permit standing approvals.", { hint: "Approve only this request." });
}
