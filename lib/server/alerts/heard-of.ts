import type { ISql } from "postgres";

/**
 * When a row of `runs` was last heard from, by our clock: from its last event, found by its key, because the folded state may lag behind.
 */
export function heardOf(sql: ISql) {
  return sql`coalesce(
    (select received_at_ms from events e where e.project_id = runs.project_id and e.run_id = runs.id and e.seq = runs.last_seq),
    (select received_at_ms from events_ephemeral e where e.project_id = runs.project_id and e.run_id = runs.id and e.seq = runs.last_seq),
    (state -> 'lifecycle' ->> 'lastReceivedAtMs')::bigint)`;
}
