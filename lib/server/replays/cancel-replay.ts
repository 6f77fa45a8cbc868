import type { Replay } from "@/lib/core/webhooks/replay";
import { services } from "../services";
import { uuidOf } from "../webhooks/public-id";
import { findReplay } from "./find-replay";

/** Stops a replay; one that has ended stays as it ended. Throws not_found. */
export async function cancelReplay(projectId: string, publicReplayId: string): Promise<Replay> {
  const { pool, now } = services();
  const id = uuidOf("replay", publicReplayId);
  await pool.begin(async (tx) => {
    const stopped = await tx`
      update replays set status = 'cancelled', ended_at_ms = ${now()} where project_id = ${projectId} and id = ${id} and status = 'running' returning id`;
    if (stopped.length > 0) await tx`delete from replay_items where project_id = ${projectId} and replay_id = ${id}`;
  });
  return findReplay(projectId, publicReplayId);
}
