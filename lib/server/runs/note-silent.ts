import type { Pool } from "@/db/client";
import { hourLiteral } from "./run-filter";

/** A run's row that is noted is written with all its indexes: few at a time, so that no append waits for long. */
const atOnce = 200;
/** And a while at a time: the next beat goes on. */
const batches = 25;

/**
 * Notes of runs that they have stalled. Nobody is told: it is the index of the runs that move that no longer holds them, so that to ask for
 * those does not lead through all that fell silent within the hour. Safe in many processes; a run that is being written is left for later.
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
