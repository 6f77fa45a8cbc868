import type { PendingQuery, Row } from "postgres";
import type { Pool } from "@/db/client";
import { terminalStatuses } from "@/lib/core/run/status";

/** Whether the run `r` is still live: one silent for as long as its events are kept is not. */
export function goesOn(pool: Pool, silentSinceMs: number): PendingQuery<Row[]> {
  return pool`r.kind = 'run' and r.status <> all(${[...terminalStatuses]}) and coalesce(r.last_event_at_ms, 0) >= ${silentSinceMs}`;
}
