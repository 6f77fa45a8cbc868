import type { Replay } from "@/lib/core/webhooks/replay";
import { services } from "../services";
import { type ReplayRow, replayColumns, shownReplay } from "./replay-row";

/** The project's newest replays. */
export async function listReplays(projectId: string, limit: number): Promise<Replay[]> {
  const { pool } = services();
  const rows = await pool<ReplayRow[]>`
    select ${replayColumns(pool)} from replays where project_id = ${projectId} order by id desc limit ${limit}`;
  return rows.map(shownReplay);
}
