import { silentMs, waitingMs } from "./duration";
import type { RowState } from "./state";

export type StallVerdict =
  | { readonly kind: "waiting-for-human"; readonly sinceMs: number; readonly forMs: number; readonly what: string }
  | {
      readonly kind: "silent";
      readonly sinceMs: number;
      readonly forMs: number;
      readonly thresholdMs: number;
      readonly during: string | null;
    };

const defaultThresholdMs = 5 * 60_000;
/** A run that was silent for long before and went on may be so again. */
const gapFactor = 3;

/**
 * Why a run does not move, at `nowMs`: it waits for a human, or it has been silent for longer than five minutes and than three
 * times its longest silence so far. null = it moves, it was paused on purpose, it ended or it has not begun.
 */
export function stallVerdict({ lifecycle }: Pick<RowState, "lifecycle">, nowMs: number): StallVerdict | null {
  if (lifecycle.status === "waiting") {
    const sinceMs = lifecycle.waitingSinceMs ?? lifecycle.lastReceivedAtMs ?? nowMs;
    return { kind: "waiting-for-human", sinceMs, forMs: waitingMs(lifecycle, nowMs) ?? 0, what: lifecycle.waitingFor ?? "a decision" };
  }
  if (lifecycle.status !== "running" && lifecycle.status !== "pausing" && lifecycle.status !== "cancelling") return null;
  const forMs = silentMs(lifecycle, nowMs);
  const thresholdMs = Math.max(defaultThresholdMs, gapFactor * lifecycle.longestGapMs);
  if (forMs === null || forMs <= thresholdMs) return null;
  return { kind: "silent", sinceMs: nowMs - forMs, forMs, thresholdMs, during: lifecycle.activity };
}
