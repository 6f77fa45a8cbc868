import type { RunSummary } from "../api/run";

/** What a list of runs can be sorted by, largest first; the default is newest first. */
export const runSorts = ["cost", "tokens", "duration"] as const;
export type RunSort = (typeof runSorts)[number];

/** The figure that a list is sorted by: nano-dollars, tokens or milliseconds. Runs without one come last. */
export function sortFigure(run: RunSummary, sort: RunSort, nowMs: number): number {
  switch (sort) {
    case "cost":
      return Math.max(0, run.cost.reportedNanos + run.cost.estimatedNanos);
    case "tokens":
      return Math.max(0, run.tokens.total);
    case "duration":
      return durationOf(run, nowMs) ?? noFigure;
  }
}

export const noFigure = -1;

/** As reported, else until now; null if it has not begun. */
export function durationOf(run: RunSummary, nowMs: number): number | null {
  if (run.durationMs !== null) return run.durationMs;
  return run.startedAt === null ? null : Math.max(0, nowMs - Date.parse(run.startedAt));
}
