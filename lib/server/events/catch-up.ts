import type { Sql, TransactionSql } from "postgres";
import type { LoggedEvent } from "@/lib/core/events/logged";
import { foldRow } from "@/lib/core/run/fold";
import type { CachedRun } from "./append/run-cache";
import { decodeStored, type EventRow } from "./decode-stored";

/**
 * The runs with their states as of `lastSeq`. A stored state may be a few events behind its run (run-columns.ts says how many): the rest is
 * folded from the log.
 */
export async function catchUp<R extends CachedRun>(sql: Sql | TransactionSql, runs: readonly R[]): Promise<R[]> {
  const behind = runs.filter((run) => run.state.lifecycle.lastSeq < run.lastSeq);
  if (behind.length === 0) return [...runs];
  const distinct = [...new Map(behind.map((run) => [run.id, run])).values()];
  const wanted = JSON.stringify(distinct.map((run) => ({ p: run.projectId, r: run.id, a: run.state.lifecycle.lastSeq, b: run.lastSeq })));
  const rows = await sql<(EventRow & { run_id: string })[]>`
    select e.* from json_to_recordset(${wanted}::text::json) as t(p uuid, r uuid, a bigint, b bigint)
    cross join lateral (
      select run_id, seq, received_at_ms, source_type, frame_name, source_event_id, estimated_nanos, flags, raw::text as raw
        from events where project_id = t.p and run_id = t.r and seq > t.a and seq <= t.b
      union all
      select run_id, seq, received_at_ms, source_type, frame_name, source_event_id, estimated_nanos, flags, raw::text as raw
        from events_ephemeral where project_id = t.p and run_id = t.r and seq > t.a and seq <= t.b
    ) e order by e.run_id, e.seq`;
  const tails = new Map<string, LoggedEvent[]>();
  const dialects = new Map(behind.map((run) => [run.id, run.source.dialect]));
  for (const row of rows) {
    const dialect = dialects.get(row.run_id);
    if (dialect === undefined) continue;
    const tail = tails.get(row.run_id) ?? [];
    tails.set(row.run_id, tail);
    tail.push(decodeStored(dialect, row));
  }
  return runs.map((run) => {
    const tail = run.state.lifecycle.lastSeq < run.lastSeq ? tails.get(run.id) : undefined;
    return tail === undefined ? run : { ...run, state: foldRow(run.state, tail) };
  });
}
