import type { LifecycleState } from "./lifecycle-state";
import type { Span } from "./timeline-state";

/** How long the run took or has taken so far: as reported at its end, else by the clock. Never negative; null before anything happened. */
export function runDurationMs(lifecycle: LifecycleState, nowMs: number): number | null {
  if (lifecycle.reportedDurationMs !== null) return lifecycle.reportedDurationMs;
  if (lifecycle.startedAtMs === null) return null;
  return Math.max(0, (lifecycle.endedAtMs ?? nowMs) - lifecycle.startedAtMs);
}

/** How long the run took, in whole milliseconds: as reported, else from start to end, never negative. Null until it ends. */
export function finalDurationMs({ reportedDurationMs, startedAtMs, endedAtMs }: LifecycleState): number | null {
  if (reportedDurationMs !== null) return Math.round(reportedDurationMs);
  return startedAtMs === null || endedAtMs === null ? null : Math.max(0, Math.round(endedAtMs - startedAtMs));
}

/** How long it has been waiting for a human; null if it is not. */
export function waitingMs(lifecycle: LifecycleState, nowMs: number): number | null {
  return lifecycle.waitingSinceMs === null ? null : Math.max(0, nowMs - lifecycle.waitingSinceMs);
}

/** Time since the latest event, by our own clock; null before the first. */
export function silentMs(lifecycle: LifecycleState, nowMs: number): number | null {
  return lifecycle.lastReceivedAtMs === null ? null : Math.max(0, nowMs - lifecycle.lastReceivedAtMs);
}

/** Whether nobody knows how long it took: one event reports the whole span without a duration, or its run ended at that moment. */
export function isUntimed({ openSeq, closeSeq, startMs, endMs }: Pick<Span, "openSeq" | "closeSeq" | "startMs" | "endMs">): boolean {
  return startMs === endMs && (closeSeq === openSeq || closeSeq === null);
}

export function spanDurationMs(span: Pick<Span, "startMs" | "endMs">, nowMs: number): number {
  return Math.max(0, (span.endMs ?? nowMs) - span.startMs);
}
