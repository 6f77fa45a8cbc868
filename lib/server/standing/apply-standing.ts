import { and, asc, eq, gt, gte, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import { approvals, runs } from "@/db/schema";
import { allowedActions } from "@/lib/core/approvals/words";
import { parseExact } from "@/lib/core/exact-json";
import { signedFor } from "@/lib/core/members/signatures";
import { fits } from "@/lib/core/standing/matches";
import { type ApprovalRow, type DecidedRow, decidedColumns } from "../approvals/approval-row";
import { approvalPolicy } from "../approvals/policy";
import { tryRecordDecision } from "../approvals/record-decision";
import { claimMs } from "../leases";
import { services } from "../services";
import { whyNotStanding } from "./request-text";
import { holds, isSpent, type StandingRow, standingColumns } from "./standing-row";

const pageSize = 100;

/** The columns that decide whether a request may be considered, without its texts, each of which may be as long as an event. */
const asked = {
  ...{ projectId: approvals.projectId, id: approvals.id, runId: approvals.runId, requestedSeq: approvals.requestedSeq },
  ...{ kind: approvals.kind, allowed: approvals.allowed, tool: approvals.tool, repeatedKeys: approvals.repeatedKeys },
  actionHash: approvals.actionHash,
};
type Asked = Pick<ApprovalRow, keyof typeof asked>;

/** Requests that were considered and do not fit, by standing approval: what a hash covers does not change. */
export type Refused = Map<string, Set<string>>;

/** Approves pending requests in a project that are allowed in advance. True if there may be more right away. */
export async function applyStanding(projectId: string, refused: Refused): Promise<boolean> {
  const { pool, now } = services();
  const standing = await pool<StandingRow[]>`
    select ${standingColumns(pool)} from standing_approvals s where s.project_id = ${projectId} and ${holds(pool, now())} order by s.id`;
  if (standing.length === 0 || !(await approvalPolicy(projectId)).standingAllowed) return false;
  let more = false;
  for (const row of standing) {
    const known = refused.get(row.id) ?? new Set();
    refused.set(row.id, known);
    const waiting = await candidates(projectId, row, known);
    more ||= waiting.length === pageSize;
    for (const request of waiting) if (!(await approveBy(row, request))) known.add(request.id);
  }
  return more;
}

/** Requests made after it was created that name its tool, in its run or by its agent; never those sent with the key that created it. */
async function candidates(projectId: string, standing: StandingRow, known: ReadonlySet<string>): Promise<Asked[]> {
  const { db, now } = services();
  const { scope, agent, run_id, source_id, created_by_key } = standing;
  const where: (SQL | undefined)[] = [
    eq(approvals.projectId, projectId),
    eq(approvals.status, "pending"),
    eq(approvals.tool, standing.tool),
    gte(approvals.askedAtMs, Number(standing.created_at_ms)),
    or(isNull(approvals.expiresAtMs), gt(approvals.expiresAtMs, now())),
    scope === "run" ? eq(approvals.runId, run_id) : and(eq(approvals.agent, agent ?? ""), eq(runs.sourceId, source_id)),
    created_by_key === null ? undefined : or(isNull(approvals.askedBy), ne(approvals.askedBy, created_by_key)),
    // One array parameter, however many there are: a statement takes at most 65,535 parameters.
    sql`${approvals.id} <> all(${sql.param([...known])}::uuid[])`,
  ];
  return db
    .select(asked)
    .from(approvals)
    .innerJoin(runs, and(eq(runs.projectId, approvals.projectId), eq(runs.id, approvals.runId)))
    .where(and(...where))
    .orderBy(asc(approvals.askedAtMs), asc(approvals.id))
    .limit(pageSize);
}

/** False if the request does not fit, or the allowance is used up. */
async function approveBy(standing: StandingRow, request: Asked): Promise<boolean> {
  const { pool, decisions } = services();
  if (!allowedActions(request.kind, request.allowed).includes("approve")) return false;
  const given = await argumentsOf(request);
  const allowed = { arguments: parseExact(standing.arguments), rules: standing.rules, allowExtra: standing.allow_extra };
  if (!fits(allowed, given) || (await whyNotStanding(pool, { ...request, arguments: given })) !== null) return false;
  const won = await settleBy(standing.id, request);
  if (won === null) return false;
  decisions.wake(won.projectId, [won.id]);
  await tryRecordDecision(won);
  return true;
}

/** Loads one request's arguments at a time: a hundred of them may be as long as a hundred events. */
async function argumentsOf({ projectId, id }: Asked): Promise<ApprovalRow["arguments"]> {
  const [row] = await services()
    .db.select({ arguments: approvals.arguments })
    .from(approvals)
    .where(and(eq(approvals.projectId, projectId), eq(approvals.id, id)));
  return row?.arguments ?? null;
}

/**
 * Writes the decision and counts one use, in one transaction under the lock of the standing approval: however many requests arrive
 * at once, it approves no more than it allows, and none that somebody decided first.
 */
async function settleBy(id: string, request: Asked): Promise<DecidedRow | null> {
  const { pool, db, now } = services();
  const { projectId } = request;
  const nowMs = now();
  const done = await pool.begin(async (tx) => {
    await tx`select id from standing_approvals where project_id = ${projectId} and id = ${id} for update`;
    const [standing] = await tx<StandingRow[]>`
      select ${standingColumns(tx)} from standing_approvals s where s.project_id = ${projectId} and s.id = ${id} and ${holds(tx, nowMs)}`;
    if (!standing || isSpent(standing)) return false;
    const n = standing.uses + 1;
    const won = await tx`
      update approvals set status = 'approved', decision = 'approve', decided_through = 'watchfloor',
        decided_by = ${`${signedFor.standing} ${standing.created_by}`}, decided_by_key = ${standing.created_by_key},
        decided_at_ms = ${nowMs}, claimed_until_ms = ${nowMs + claimMs}, comment = ${`Standing approval: use ${n} of ${standing.max_uses}`}
      where project_id = ${projectId} and id = ${request.id} and status = 'pending' and action_hash = ${request.actionHash}
        and (expires_at_ms is null or expires_at_ms > ${nowMs})
      returning id`;
    if (won.length === 0) return false;
    await tx`
      insert into standing_uses (project_id, standing_id, n, approval_id, run_id, run_nanos, at_ms)
      select ${projectId}, ${id}, ${n}, ${request.id}, r.id, r.cost_nanos, ${nowMs} from runs r where r.project_id = ${projectId} and r.id = ${request.runId}`;
    await tx`update standing_approvals set uses = ${n} where project_id = ${projectId} and id = ${id}`;
    return true;
  });
  if (!done) return null;
  const [row] = await db
    .select(decidedColumns)
    .from(approvals)
    .where(and(eq(approvals.projectId, projectId), eq(approvals.id, request.id)));
  return row ?? null;
}
