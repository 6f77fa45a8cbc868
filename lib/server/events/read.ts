import type { Pool } from "@/db/client";
import type { Dialect } from "@/lib/core/dialect";
import type { StoredEvent } from "./append/plan";
import { decodeStored, type EventRow } from "./decode-stored";

export type RunRef = { readonly projectId: string; readonly runId: string; readonly dialect: Dialect };

type Range = {
  readonly from: number;
  readonly limit: number;
  /** Keeps every literal as the sender wrote it. */
  readonly exact?: boolean;
  /** Limit on the total text, 2 MiB by default. */
  readonly bytes?: number;
};

/** An event may be a thousand times as long as most: this bounds the memory of every reader. */
const pageBytes = 2 * 1024 * 1024;
export const pageEvents = 1_000;

/**
 * Events of a run with seq >= `from`, at most `limit`, in seq order, from both halves of the log; fewer when their texts reach the byte
 * limit. The log ends when none is returned. A jump in seq means that retention removed the events in between.
 */
export async function readEvents(pool: Pool, run: RunRef, page: Range): Promise<StoredEvent[]> {
  const rows = await pool<EventRow[]>`
    select * from read_events(${run.projectId}, ${run.runId}, ${page.from}, ${page.limit}, ${page.bytes ?? pageBytes})`;
  return rows.map((row) => ({ event: decodeStored(run.dialect, row, page.exact), rawText: row.raw }));
}

type Stretch = {
  readonly from: number;
  readonly upTo: number;
  readonly exact?: boolean;
  /** Per page, 1,000 by default. */
  readonly limit?: number;
};

/** All events with seq in from..upTo, page by page. No page crosses `from` plus a multiple of `limit`. */
export async function* eventPages(
  pool: Pool,
  run: RunRef,
  { from, upTo, exact, limit = pageEvents }: Stretch,
): AsyncGenerator<StoredEvent[]> {
  for (let start = from; start <= upTo; start += limit) {
    const end = Math.min(upTo, start + limit - 1);
    for (let at = start; at <= end; ) {
      const events = (await readEvents(pool, run, { from: at, limit: end - at + 1, exact })).filter(({ event }) => event.seq <= end);
      const last = events.at(-1);
      if (last === undefined) break;
      yield events;
      at = last.event.seq + 1;
    }
  }
}
