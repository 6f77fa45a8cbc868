import type { TransactionSql } from "postgres";
import type { ControlState } from "@/lib/core/control/state";
import { isTerminal } from "@/lib/core/run/status";
import type { StoredEvent } from "../events/append/plan";
import type { RunChange } from "../events/append/projections";

type Record = {
  readonly id: string;
  readonly done: number | null;
  readonly done_at: number | null;
  readonly ended: boolean;
  readonly heard_at: number | null;
};

/** Records how far these events took the runs' control requests; null when none concerns one. */
export function projectControl(projectId: string, changed: readonly RunChange[]) {
  const records = changed.flatMap(recordsOf);
  return records.length === 0 ? null : (sql: TransactionSql) => write(sql, projectId, records);
}

function write(sql: TransactionSql, projectId: string, records: readonly Record[]): Promise<unknown> {
  return sql`
    update control_requests c set
      outcome = case when c.outcome <> 'open' then c.outcome when t.done is not null then 'effective' when t.ended then 'ended' else c.outcome end,
      done_seq = coalesce(c.done_seq, t.done),
      done_at_ms = coalesce(c.done_at_ms, t.done_at),
      acknowledged_at_ms = coalesce(c.acknowledged_at_ms, t.heard_at, t.done_at),
      acknowledged_via = case when c.acknowledged_at_ms is null and coalesce(t.heard_at, t.done_at) is not null then 'events' else c.acknowledged_via end
    from json_to_recordset(${JSON.stringify(records)}::text::json) as t(id uuid, done bigint, done_at bigint, ended boolean, heard_at bigint)
    where c.project_id = ${projectId} and c.id = t.id`.execute();
}

function recordsOf({ before, plan }: RunChange): Record[] {
  const control = plan.state.lifecycle.control ?? null;
  if (control === null) return [];
  const earlier = before.state.lifecycle.control ?? null;
  if (earlier?.id === control.id && earlier.doneSeq !== null) return [];
  const isDone = control.doneSeq !== null;
  const ended = isTerminal(plan.state.lifecycle.status);
  const heardAtMs = heardOf(control, plan.stored);
  if (!isDone && !ended && heardAtMs === null) return [];
  return [
    {
      id: control.id,
      done: control.doneSeq,
      done_at: isDone ? receivedAt(plan.stored, control.doneSeq) : null,
      ended,
      heard_at: heardAtMs,
    },
  ];
}

function receivedAt(stored: readonly StoredEvent[], seq: number | null): number | null {
  return stored.find(({ event }) => event.seq === seq)?.event.receivedAtMs ?? stored.at(-1)?.event.receivedAtMs ?? null;
}

/** The agent's system reported the request back, so it has it. */
function heardOf(control: ControlState, stored: readonly StoredEvent[]): number | null {
  const echo = control.action === "pause" ? "run.pausing" : control.action === "cancel" ? "run.cancelling" : null;
  const heard = stored.find(({ event }) => event.seq > control.seq && event.origin === undefined && event.type === echo);
  return heard?.event.receivedAtMs ?? null;
}
