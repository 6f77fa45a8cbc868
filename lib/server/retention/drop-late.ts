import type { Pool } from "@/db/client";
import { goesOn } from "./goes-on";
import { settleStates } from "./settle-states";

const atOnce = 5_000;

/**
 * Removes events that arrived for a run after its day was dropped: they are in the default partition, which is never dropped. They
 * are kept as long as other events, counted from their arrival, and as long as their run is live. What a run's state still needs is
 * settled first.
 */
export async function dropLate(pool: Pool, parent: "events" | "events_ephemeral", silentSinceMs: number): Promise<void> {
  const late = pool(`${parent}_default`);
  const isDue = pool`e.received_at_ms < ${silentSinceMs} and not (${goesOn(pool, silentSinceMs)})`;
  await settleStates(pool, pool`exists (select from ${late} e where e.project_id = r.project_id and e.run_id = r.id and ${isDue})`);
  for (let removed = atOnce; removed === atOnce; ) {
    const { count } = await pool`
      delete from ${late} e using (
        select e.project_id, e.run_id, e.seq from ${late} e join runs r on r.project_id = e.project_id and r.id = e.run_id
        where ${isDue} and e.seq <= (r.state->'lifecycle'->>'lastSeq')::bigint limit ${atOnce}
      ) due where e.project_id = due.project_id and e.run_id = due.run_id and e.seq = due.seq`;
    removed = count;
  }
}
