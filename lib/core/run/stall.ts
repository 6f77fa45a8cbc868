import { silentMs, waitingMs } from "./duration";
import type { LifecycleState } from "./lifecycle-state";
import type { RowState } from "./state";
import type { RunStatus } from "./status";

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
/** A run that went on after a long silence may be silent that long again. */
const gapFactor = 3;

const movesByItself = new Set<RunStatus>(["running", "pausing", "cancelling"]);

/**
 * When the run counts as stalled unless it is heard from before then, by our clock; null if it cannot stall: it waits for a human, was
 * paused on purpose, has ended or has not begun.
 */
export function stallsAtMs(lifecycle: LifecycleState): number | null {
  if (!movesByItself.has(lifecycle.status) || lifecycle.lastReceivedAtMs === null) return null;
  return lifecycle.lastReceivedAtMs + stallThresholdMs(lifecycle);
}

function stallThresholdMs(lifecycle: LifecycleState): number {
  return Math.max(defaultThresholdMs, gapFactor * lifecycle.longestGapMs);
}

/**
 * Why a run is not moving at `nowMs`: it waits for a human, or it has been silent for longer than both five minutes and three times its
 * longest silence so far. null = it is moving, was paused on purpose, has ended or has not begun.
 */
export function stallVerdict({ lifecycle }: Pick<RowState, "lifecycle">, nowMs: number): StallVerdict | null {
  if (lifecycle.status === "waiting") {
    const sinceMs = lifecycle.waitingSinceMs ?? lifecycle.lastReceivedAtMs ?? nowMs;
    return { kind: "waiting-for-human", sinceMs, forMs: waitingMs(lifecycle, nowMs) ?? 0, what: lifecycle.waitingFor ?? "a decision" };
  }
  if (!movesByItself.has(lifecycle.status)) return null;
  const forMs = silentMs(lifecycle, nowMs);
  const thresholdMs = stallThresholdMs(lifecycle);
  if (forMs === null || forMs <= thresholdMs) return null;
  return { kind: "silent", sinceMs: nowMs - forMs, forMs, thresholdMs, during: lifecycle.activity };
}
