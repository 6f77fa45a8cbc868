import type { Pool } from "@/db/client";
import type { Dialect } from "@/lib/core/dialect";
import { emptyRow } from "@/lib/core/run/fold";
import type { RowState } from "@/lib/core/run/state";
import { type CachedRun, runKey } from "../events/append/run-cache";
import { catchUp } from "../events/catch-up";
import { services } from "../services";

/** A run joined with its source; bigint columns arrive as strings. */
export type RunRow = {
  readonly project_id: string;
  readonly id: string;
  readonly external_id: string;
  readonly dialect: string;
  readonly kind: "run" | "activity";
  readonly source_id: string;
  readonly source_name: string;
  readonly created_ms: string;
  readonly run_last_seq: string;
  readonly pricing: number;
  readonly state: string | null;
};

/** Select list for `runs r join sources s`. */
export function runColumns(pool: Pool) {
  return pool`r.project_id, r.id, r.external_id, r.dialect, r.kind, r.source_id, s.name as source_name,
    (extract(epoch from r.created_at) * 1000)::bigint as created_ms, r.last_seq as run_last_seq, r.pricing, r.state::text as state`;
}

/** The runs of these rows, in order, with states brought up to their last event. */
export async function runsFromRows(rows: readonly RunRow[]): Promise<CachedRun[]> {
  const { pool, appender } = services();
  const runs = rows.map((row) => {
    const run = runFromRow(row);
    // This process already holds what it has just written.
    const cached = run.state.lifecycle.lastSeq < run.lastSeq ? appender.cache.peek(runKey(run.source.id, run.externalId)) : undefined;
    return cached !== undefined && cached.id === run.id && cached.lastSeq >= run.lastSeq && cached.pricing >= run.pricing ? cached : run;
  });
  return catchUp(pool, runs);
}

/** The run as its row has it; its state may lag behind (`catchUp`). */
export function runFromRow(row: RunRow): CachedRun {
  return {
    projectId: row.project_id,
    id: row.id,
    source: { id: row.source_id, dialect: row.dialect as Dialect, name: row.source_name },
    externalId: row.external_id,
    kind: row.kind,
    createdAtMs: Number(row.created_ms),
    lastSeq: Number(row.run_last_seq),
    pricing: row.pricing,
    state: row.state === null ? emptyRow() : (JSON.parse(row.state) as RowState),
  };
}
