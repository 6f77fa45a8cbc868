import { and, asc, eq, lte, type SQLWrapper, sql } from "drizzle-orm";
import { approvalPolicies, approvals } from "@/db/schema";
import { signature } from "@/lib/core/members/signatures";
import { claimMs } from "../leases";
import { services } from "../services";
import { type DecidedRow, decidedColumns } from "./approval-row";
import { tryRecordDecision } from "./record-decision";

const batch = 100;

/** By the whole primary key, so that its index finds the rows. */
const place = { projectId: approvals.projectId, id: approvals.id };
const isOneOf = (rows: SQLWrapper) => sql`(${approvals.projectId}, ${approvals.id}) in ${rows}`;

/** Whether the project's policy denies requests that nobody decides. */
const denied = sql`exists (select 1 from ${approvalPolicies} where ${approvalPolicies.projectId} = ${approvals.projectId} and ${approvalPolicies.onDeadline} = 'deny')`;

/**
 * Ends the requests whose deadline passed, by our clock, each exactly once: a decision and the deadline compete for the same conditional
 * update. Safe in many processes. Returns how many there were.
 */
export async function expireApprovals(only?: { projectId: string; id: string }): Promise<number> {
  const { db, decisions, now } = services();
  const nowMs = now();
  const due = db
    .select(place)
    .from(approvals)
    .where(
      and(
        eq(approvals.status, "pending"),
        lte(approvals.expiresAtMs, nowMs),
        only === undefined ? undefined : and(eq(approvals.projectId, only.projectId), eq(approvals.id, only.id)),
      ),
    )
    .orderBy(asc(approvals.expiresAtMs))
    .limit(batch)
    .for("update", only === undefined ? { skipLocked: true } : {});
  const expired = await db
    .update(approvals)
    .set({
      status: sql`case when ${denied} then 'denied' else 'expired' end`,
      decision: sql`case when ${denied} then 'deny' else 'timeout' end`,
      decidedBy: sql`case when ${denied} then ${signature.deadline} end`,
      decidedThrough: "watchfloor",
      decidedAtMs: nowMs,
      claimedUntilMs: nowMs + claimMs,
    })
    .where(and(isOneOf(due), eq(approvals.status, "pending")))
    .returning(decidedColumns);
  for (const row of expired) decisions.wake(row.projectId, [row.id]);
  await Promise.all(expired.map(tryRecordDecision));
  return expired.length;
}

/** Writes decisions into their runs that a process left unwritten when it ended. Returns how many there were. */
export async function finishDecisions(): Promise<number> {
  const { db, now } = services();
  const nowMs = now();
  const left = db
    .select(place)
    .from(approvals)
    .where(and(eq(approvals.decidedThrough, "watchfloor"), sql`${approvals.recordedSeq} is null`, lte(approvals.claimedUntilMs, nowMs)))
    .orderBy(asc(approvals.decidedAtMs))
    .limit(batch)
    .for("update", { skipLocked: true });
  const claimed: DecidedRow[] = await db
    .update(approvals)
    .set({ claimedUntilMs: nowMs + claimMs })
    .where(and(isOneOf(left), lte(approvals.claimedUntilMs, nowMs)))
    .returning(decidedColumns);
  await Promise.all(claimed.map(tryRecordDecision));
  return claimed.length;
}
