import type { Replay } from "@/lib/core/webhooks/replay";
import { services } from "../services";
import { noSuch, uuidOf } from "../webhooks/public-id";
import { type ReplayRow, replayColumns, shownReplay } from "./replay-row";

/** Throws not_found. */
export async function findReplay(projectId: string, publicReplayId: string): Promise<Replay> {
  const { pool } = services();
  const [row] = await pool<ReplayRow[]>`
    select ${replayColumns(pool)} from replays where project_id = ${projectId} and id = ${uuidOf("replay", publicReplayId)}`;
  if (!row) throw noSuch("replay");
  return shownReplay(row);
}
