import { services } from "../services";
import type { CachedRun } from "./append/run-cache";

/**
 * The seq at which a page begins that passes over the first `skipped` events: not the one behind that seq, because events before it may
 * have left the log by retention.
 */
export async function placeBehind(run: CachedRun, skipped: number): Promise<number> {
  if (skipped === 0) return 1;
  if (skipped >= run.lastSeq) return run.lastSeq + 1;
  const { pool } = services();
  const seqs = (table: "events" | "events_ephemeral") =>
    pool`select seq from ${pool(table)} where project_id = ${run.projectId} and run_id = ${run.id}`;
  const [row] = await pool<{ seq: string }[]>`
    select seq from (${seqs("events")} union all ${seqs("events_ephemeral")}) e order by seq limit 1 offset ${skipped}`;
  return row === undefined ? run.lastSeq + 1 : Number(row.seq);
}
