import type { Pool } from "@/db/client";
import type { ClaimedReplay } from "./claim-replays";

/** A replay's progress. `status` ends it; `nextAttemptMs` releases it until then. */
export type Progress = {
  readonly delivered: number;
  readonly position: number;
  readonly tries: number;
  readonly error: string | null;
  readonly nextAttemptMs: number | null;
  readonly ended: "completed" | "failed" | null;
  readonly nowMs: number;
};

/** Saves a replay's progress; false if it was cancelled or another worker holds it. */
export function saveProgress(pool: Pool, replay: ClaimedReplay, progress: Progress): Promise<boolean> {
  const { projectId, id, lockedBy } = replay;
  const { delivered, position, tries, error, nextAttemptMs, ended, nowMs } = progress;
  const released = nextAttemptMs !== null || ended !== null;
  return pool.begin(async (tx) => {
    const saved = await tx`
      update replays set delivered = ${delivered}, position = ${position}, tries = ${tries}, error = ${error},
        next_attempt_ms = coalesce(${nextAttemptMs}, next_attempt_ms),
        -- Given up whole: a renewal that is under way must not lock it anew.
        locked_by = case when ${released} then null else locked_by end,
        locked_until_ms = case when ${released} then null else locked_until_ms end,
        status = coalesce(${ended}, status), ended_at_ms = ${ended === null ? null : nowMs},
        -- Events that left the log meanwhile were never sent.
        total = case when ${ended === "completed"} then ${delivered} else total end
      where project_id = ${projectId} and id = ${id} and locked_by = ${lockedBy} and status = 'running' returning id`;
    if (saved.length > 0 && ended !== null) await tx`delete from replay_items where project_id = ${projectId} and replay_id = ${id}`;
    return saved.length > 0;
  });
}
