import type { RunSummary } from "@/lib/core/api/run";
import { isTerminal } from "@/lib/core/run/status";
import { isStalled } from "@/lib/core/run-query/match-run";

const oneDayMs = 86_400_000;

/** What the run's own clock says now. `behindMs` > 0 = its sender's times lie that far in the past and were carried forward. */
export type RunClock = { readonly offsetMs: number };

/**
 * How far to shift our clock to read a run in its sender's times. Ours is trusted, unless the first event already was a day old
 * or in the future when it came: then a recording is being played, and it is read as if it happened when it arrived.
 */
export function runClock(run: Pick<RunSummary, "createdAt" | "startedAt">): RunClock {
  if (run.startedAt === null) return { offsetMs: 0 };
  const lateMs = Date.parse(run.createdAt) - Date.parse(run.startedAt);
  return { offsetMs: Math.abs(lateMs) > oneDayMs ? -lateMs : 0 };
}

/**
 * When the run was last heard of, in its sender's times, if it has been silent for so long that it counts as stalled; else null. What was
 * open then is not known to go on.
 */
export function silentSinceMs(run: Pick<RunSummary, "stallsAt" | "lastEventAt">, nowMs: number): number | null {
  return isStalled(run, nowMs) && run.lastEventAt !== null ? Date.parse(run.lastEventAt) : null;
}

/** Elapsed milliseconds of a run, or null before it started. Ends where the run ended; never runs backwards past its last event. */
export function elapsedMs(run: RunSummary, nowMs: number): number | null {
  if (run.durationMs !== null) return run.durationMs;
  if (run.startedAt === null) return null;
  const startMs = Date.parse(run.startedAt);
  const lastMs = run.lastEventAt === null ? startMs : Date.parse(run.lastEventAt);
  const endMs = isTerminal(run.status)
    ? run.endedAt === null
      ? lastMs
      : Date.parse(run.endedAt)
    : Math.max(lastMs, nowMs + runClock(run).offsetMs);
  return Math.max(0, endMs - startMs);
}
