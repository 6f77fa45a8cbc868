import type { TransactionSql } from "postgres";
import { mayHaveLeft } from "@/lib/core/approvals/approvals";
import { exactPart } from "@/lib/core/approvals/exact";
import { stringifyExact } from "@/lib/core/exact-json";
import type { Json } from "@/lib/core/json";
import { storableJson } from "@/lib/core/json-storable";
import { stands } from "@/lib/core/run/standing";
import type { RunChange } from "../events/append/projections";
import { storedKey } from "./approval-id";
import { decisionWords } from "./project-approvals";

/**
 * A run's state holds only its latest requests. For those that left it while pending, writes what their system decided and that the run
 * ended; null when these commits contain neither for such a run.
 */
export function projectLeftApprovals(projectId: string, changed: readonly RunChange[]) {
  const full = changed.filter(({ plan }) => mayHaveLeft(plan.state.approvals));
  const records = full.flatMap((change) => [...decidedIn(change), ...endOf(change)]);
  return records.length === 0 ? null : (sql: TransactionSql) => write(sql, projectId, records);
}

function write(sql: TransactionSql, projectId: string, records: readonly object[]): Promise<unknown> {
  const text = storableJson(stringifyExact(records), records as Json).text;
  // A decision takes precedence over the end that comes with it.
  return sql`
    update approvals a set status = t.status, decision = t.decision, decided_through = t.decided, decided_by = t.decider, decided_at_ms = t.at,
      comment = t.comment, answer = t.answer::text, edited_arguments = t.edited::text
    from (
      select distinct on (w.id) w.id, t.*
      from json_to_recordset(${text}::text::json) as t(run uuid, key text, status text, decision text, decided text, decider text, at bigint,
        comment text, answer json, edited json)
      join approvals w on w.project_id = ${projectId} and w.run_id = t.run and w.status = 'pending'
        and (t.key is null or (w.key = t.key and w.asked_through = 'source'))
      order by w.id, t.key nulls last
    ) t
    where a.project_id = ${projectId} and a.id = t.id and a.status = 'pending'`.execute();
}

/** Decisions whose requests the state does not hold. It may never have held them; then there is no row. */
function decidedIn({ before, plan }: RunChange): object[] {
  const known = new Set(before.state.approvals.entries);
  return plan.state.approvals.entries
    .filter((entry) => entry.requestedSeq === null && entry.named && entry.decidedThrough === "source" && !known.has(entry))
    .map((entry) => ({
      run: before.id,
      key: storedKey(entry.key),
      status: entry.status,
      decision: decisionWords[entry.status] ?? null,
      decided: entry.decidedThrough,
      decider: entry.decidedBy,
      at: receivedAt(plan, entry.decidedSeq),
      comment: entry.comment,
      answer: exactPart(entry, entry.decidedExact, "answer"),
      edited: exactPart(entry, entry.decidedExact, "editedArguments"),
    }));
}

function endOf({ before, plan }: RunChange): object[] {
  const { ended, opened } = plan.state.approvals;
  if (ended === before.state.approvals.ended || !stands(ended, opened)) return [];
  return [{ run: before.id, key: null, status: "cancelled", at: receivedAt(plan, null) }];
}

function receivedAt({ stored }: RunChange["plan"], seq: number | null): number {
  const event = stored.find((each) => each.event.seq === seq) ?? stored.at(-1);
  return event?.event.receivedAtMs ?? 0;
}
