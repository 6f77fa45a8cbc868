import type { TransactionSql } from "postgres";
import { leavers } from "@/lib/core/approvals/approvals";
import { exactPart } from "@/lib/core/approvals/exact";
import { requestEntry } from "@/lib/core/approvals/request-entry";
import type { ApprovalEntry } from "@/lib/core/approvals/state";
import { stringifyExact } from "@/lib/core/exact-json";
import type { Json } from "@/lib/core/json";
import { storableJson } from "@/lib/core/json-storable";
import type { StoredEvent } from "../events/append/plan";
import type { RunChange } from "../events/append/projections";
import { identify, storedKey } from "./approval-id";

const latestMs = 8_640_000_000_000_000;
export const decisionWords: Partial<Record<ApprovalEntry["status"], string>> = {
  ...{ approved: "approve", denied: "deny", answered: "answer", expired: "timeout" },
};

/** Writes the rows of the requests that these commits changed; null when there are none. */
export function projectApprovals(projectId: string, changed: readonly RunChange[]) {
  const records = changed.flatMap(recordsOf);
  return records.length === 0 ? null : (sql: TransactionSql) => write(sql, projectId, records);
}

function write(sql: TransactionSql, projectId: string, records: readonly object[]): Promise<unknown> {
  const text = storableJson(stringifyExact(records), records as Json).text;
  // A decision made through us stays as it is; the run's log only adds how far it has travelled.
  return sql`
    insert into approvals as a (project_id, id, run_id, key, named, asked_through, status, kind, tool, arguments, repeated_keys, question, choices, schema, allowed,
      agent, risk, channel, action_hash, requested_seq, asked_at_ms, expires_at_ms, asked_by, superseded_by, decision, decided_through, decided_by,
      decided_at_ms, comment, answer, edited_arguments, recorded_seq, recorded_at_ms, acknowledged_at_ms, resumed_seq, resumed_at_ms)
    select ${projectId}, t.id, t.run, t.key, t.named, t.through, t.status, t.kind, t.tool, t.arguments::text, t.repeated, t.question, t.choices, t.schema, t.allowed,
      t.agent, t.risk, t.channel, t.hash, t.seq, t.asked,
      coalesce(t.expires, t.asked + (select p.deadline_ms from approval_policies p where p.project_id = ${projectId})), t."by", t.superseded, t.decision, t.decided, t.decider,
      t.at, t.comment, t.answer::text, t.edited::text, t.recorded, t.recorded_at, t.acknowledged, t.resumed, t.resumed_at
    from json_to_recordset(${text}::text::json) as t(id uuid, run uuid, key text, named boolean, through text, status text, kind text, tool text,
      arguments json, repeated json, question text, choices json, schema json, allowed json, agent text, risk text, channel text, hash text, seq bigint, asked bigint,
      expires bigint, "by" uuid, superseded uuid, decision text, decided text, decider text, at bigint, comment text, answer json, edited json,
      recorded bigint, recorded_at bigint, acknowledged bigint, resumed bigint, resumed_at bigint, known boolean)
    where t.known or exists (select from approvals known where known.project_id = ${projectId} and known.id = t.id)
    order by t.id
    on conflict (project_id, id) do update set
      status = case when a.decided_through = 'watchfloor' then a.status else excluded.status end,
      superseded_by = case when a.decided_through = 'watchfloor' then a.superseded_by else excluded.superseded_by end,
      decision = case when a.decided_through = 'watchfloor' then a.decision else excluded.decision end,
      decided_by = case when a.decided_through = 'watchfloor' then a.decided_by else excluded.decided_by end,
      decided_at_ms = case when a.decided_through = 'watchfloor' then a.decided_at_ms else excluded.decided_at_ms end,
      comment = case when a.decided_through = 'watchfloor' then a.comment else excluded.comment end,
      answer = case when a.decided_through = 'watchfloor' then a.answer else excluded.answer end,
      edited_arguments = case when a.decided_through = 'watchfloor' then a.edited_arguments else excluded.edited_arguments end,
      decided_through = case when a.decided_through = 'watchfloor' then a.decided_through else excluded.decided_through end,
      recorded_seq = coalesce(a.recorded_seq, excluded.recorded_seq),
      recorded_at_ms = coalesce(a.recorded_at_ms, excluded.recorded_at_ms),
      acknowledged_at_ms = coalesce(a.acknowledged_at_ms, excluded.acknowledged_at_ms),
      resumed_seq = coalesce(a.resumed_seq, excluded.resumed_seq),
      resumed_at_ms = coalesce(a.resumed_at_ms, excluded.resumed_at_ms)`.execute();
}

function recordsOf(change: RunChange): ApprovalRecord[] {
  const before = change.before.state.approvals;
  const after = change.plan.state.approvals;
  const reported = reportedKeys(change.plan.stored);
  if (before === after && reported.size === 0) return [];
  const unchanged = new Set(before.entries);
  // By id: a request that left the state may have been made again.
  const records = new Map<string, ApprovalRecord>();
  const gone = leavers(
    before,
    change.plan.stored.map(({ event }) => event),
  );
  for (const entry of [...gone, ...after.entries]) {
    const echoed = isEchoed(entry, reported);
    if (entry.requestedSeq === null || (unchanged.has(entry) && !echoed)) continue;
    const record = recordOf(entry, change, echoed);
    records.set(record.id, record);
  }
  return [...records.values()];
}

/** Ids whose decision the agent's system reported in these events. */
function reportedKeys(stored: readonly StoredEvent[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { event } of stored)
    if (event.type === "approval.decided" && event.origin === undefined && event.approval?.id !== undefined) keys.add(event.approval.id);
  return keys;
}

/** The agent reported our decision back, so it has it. */
function isEchoed(entry: ApprovalEntry, reported: ReadonlySet<string>): boolean {
  return entry.decidedThrough === "watchfloor" && reported.has(entry.key);
}

type ApprovalRecord = { readonly id: string } & Readonly<Record<string, unknown>>;

function recordOf(entry: ApprovalEntry, { before: run, plan }: RunChange, echoed: boolean): ApprovalRecord {
  const { id, hash } = identify(run.id, entry);
  const received = (seq: number | null) => plan.stored.find(({ event }) => event.seq === seq);
  const request = received(entry.requestedSeq);
  const nowMs = plan.stored.at(-1)?.event.receivedAtMs ?? 0;
  const askedAtMs = request?.event.receivedAtMs ?? entry.requestedAtMs ?? nowMs;
  const ours = entry.decidedThrough === "watchfloor";
  const open = entry.status === "pending";
  // Long parts come with the request's event, which creates the row; later events find them there.
  const whole = entry.begunHash === undefined ? entry : request && requestEntry(request.event);
  return {
    id,
    run: run.id,
    key: storedKey(entry.key),
    named: entry.named,
    through: entry.askedThrough,
    status: entry.status,
    kind: entry.kind,
    tool: entry.tool,
    known: whole !== undefined,
    arguments: whole === undefined ? null : exactPart(whole, whole.exact, "arguments"),
    repeated: whole?.exact?.repeatedKeys ?? null,
    question: entry.question,
    choices: whole?.choices ?? null,
    schema: whole?.schema ?? null,
    allowed: entry.allowed,
    agent: entry.agent,
    risk: entry.risk,
    channel: entry.channel,
    hash,
    seq: entry.requestedSeq,
    asked: askedAtMs,
    expires: entry.timeoutMs === null ? null : Math.min(latestMs, Math.max(0, Math.floor(askedAtMs + entry.timeoutMs))),
    by: request?.keyId ?? null,
    superseded: entry.status === "superseded" ? successorOf(entry, run.id, plan.state.approvals.entries) : null,
    decision: decisionWords[entry.status] ?? null,
    decided: entry.decidedThrough,
    decider: entry.decidedBy,
    at: open ? null : (received(entry.decidedSeq)?.event.receivedAtMs ?? nowMs),
    comment: entry.comment,
    answer: exactPart(entry, entry.decidedExact, "answer"),
    edited: exactPart(entry, entry.decidedExact, "editedArguments"),
    recorded: ours ? entry.decidedSeq : null,
    recorded_at: ours ? (received(entry.decidedSeq)?.event.receivedAtMs ?? null) : null,
    acknowledged: echoed ? nowMs : null,
    resumed: entry.resumedSeq,
    resumed_at: entry.resumedSeq === null ? null : (received(entry.resumedSeq)?.event.receivedAtMs ?? nowMs),
  };
}

/** Our id of the request that replaced this one: the pending one under the same id, or else the last decided one. */
function successorOf(entry: ApprovalEntry, runId: string, entries: readonly ApprovalEntry[]): string | null {
  const others = entries.filter((other) => other.key === entry.key && other !== entry);
  const next = others.find((other) => other.status === "pending") ?? others.at(-1);
  return next === undefined ? null : identify(runId, next).id;
}
