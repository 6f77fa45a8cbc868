import type { Pool } from "@/db/client";
import { hourLiteral } from "./run-filter";

/** Noting a run rewrites its row and all its index entries, so batches are small and no append waits long. */
const atOnce = 200;
/** And only so many batches per beat: the next beat continues. */
const batches = 25;

/**
 * Marks runs as stalled. Nobody is notified: the mark removes them from the index of moving runs, so that a query for those does
 * not wade through all that fell silent within the hour. Safe in many processes; runs that are being written are left for later.
 */
export async function noteSilent(pool: Pool, nowMs: number): Promise<void> {
  for (let batch = 0; batch < batches; batch++) {
    const { count } = await pool`
      update runs set silent = true where id in (
        select id from runs
        where kind = 'run' and not silent and stalls_hour <= ${hourLiteral(pool, nowMs)} and stalls_at_ms <= ${nowMs}
        order by project_id, stalls_hour limit ${atOnce} for update skip locked
      )`;
    if (count < atOnce) return;
  }
}
