import type { Pool } from "@/db/client";
import type { Dialect } from "@/lib/core/dialect";
import { stringifyExact } from "@/lib/core/exact-json";
import { decodeStored, type EventRow } from "../events/decode-stored";
import { envelopeOf } from "../webhooks/envelope-of";

/** One event of a replay. `body` is null if the event has left the log or has nothing left to report. */
export type ReplayItem = { readonly n: number; readonly atMs: number; readonly type: string; readonly body: string | null };

type Row = {
  readonly n: number;
  readonly at_ms: string;
  readonly run_id: string;
  readonly dialect: Dialect | null;
  readonly external_id: string;
} & (EventRow | { readonly raw: null });

type Page = {
  readonly projectId: string;
  readonly replayId: string;
  readonly after: number;
  readonly limit: number;
  readonly publicUrl: string;
};

/**
 * Bytes of one page's texts as stored in the database. Decompressed, they may be many times as long: this bounds a replay's memory
 * however long its events are.
 */
const pageBytes = 64 * 1024;

/** A replay's next events in order, at most one page; empty at the end. */
export async function nextItems(pool: Pool, { projectId, replayId, after, limit, publicUrl }: Page): Promise<ReplayItem[]> {
  const rows = await pool<Row[]>`
    select n, at_ms, run_id, dialect, external_id, seq, received_at_ms, source_type, frame_name, source_event_id, estimated_nanos, flags, raw::text as raw
    from (
      select i.n, i.at_ms, i.run_id, r.dialect, r.external_id, e.seq, e.received_at_ms, e.source_type, e.frame_name, e.source_event_id,
        e.estimated_nanos, e.flags, e.raw, sum(pg_column_size(e.raw)) over (order by i.n rows between unbounded preceding and 1 preceding) as before
      from (
        select * from replay_items where project_id = ${projectId} and replay_id = ${replayId} and n > ${after} order by n limit ${limit}
      ) i
      left join runs r on r.project_id = i.project_id and r.id = i.run_id
      left join events e on e.project_id = i.project_id and e.run_id = i.run_id and e.seq = i.seq
    ) page where coalesce(before, 0) < ${pageBytes} order by n`;
  return rows.map((row) => {
    const place = { n: row.n, atMs: Number(row.at_ms) };
    if (row.raw === null || row.dialect === null) return { ...place, type: "", body: null };
    const stored = { event: decodeStored(row.dialect, row), rawText: row.raw };
    const envelope = envelopeOf(stored, { id: row.run_id, externalId: row.external_id, url: `${publicUrl}/runs/${row.run_id}` });
    return { ...place, type: envelope?.type ?? "", body: envelope && stringifyExact(envelope) };
  });
}
