import { services } from "../services";
import type { CachedRun } from "./append/run-cache";

/**
 * The seq at which a page starts that skips the first `skipped` events. It is not `skipped` + 1, because retention may have removed earlier
 * events.
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
