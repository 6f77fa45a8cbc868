import type { Pool } from "@/db/client";
import { goesOn } from "./goes-on";
import { settleStates } from "./settle-states";

const atOnce = 5_000;

/**
 * Removes what came to a run whose day had been dropped: it lies in the default partition, which is never dropped. It is kept for as long as
 * other events, from when it came, and as long as its run goes on. What a run's state still wants stays.
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
