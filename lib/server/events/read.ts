import type { Pool } from "@/db/client";
import type { Dialect } from "@/lib/core/dialect";
import type { StoredEvent } from "./append/plan";
import { decodeStored, type EventRow } from "./decode-stored";

export type RunRef = { readonly projectId: string; readonly runId: string; readonly dialect: Dialect };

type Range = { readonly from: number; readonly limit: number /** Every literal of the sender's in place. */; readonly exact?: boolean };

/**
 * Events of a run with seq >= `from`, at most `limit`, in seq order, from both halves of the log.
 * A jump in seq means that the events between have left the log by retention.
 */
export async function readEvents(pool: Pool, run: RunRef, page: Range): Promise<StoredEvent[]> {
  const rows = await pool<EventRow[]>`
    select * from (
      (select seq, received_at_ms, source_type, frame_name, source_event_id, estimated_nanos, flags, raw::text as raw
        from events where project_id = ${run.projectId} and run_id = ${run.runId} and seq >= ${page.from} order by seq limit ${page.limit})
      union all
      (select seq, received_at_ms, source_type, frame_name, source_event_id, estimated_nanos, flags, raw::text as raw
        from events_ephemeral where project_id = ${run.projectId} and run_id = ${run.runId} and seq >= ${page.from} order by seq limit ${page.limit})
    ) e order by seq limit ${page.limit}`;
  return rows.map((row) => ({ event: decodeStored(run.dialect, row, page.exact), rawText: row.raw }));
}
