import type { RunSummary } from "../api/run";

/** What a list of runs can be sorted by, the largest first; unsorted it stands newest first. */
export const runSorts = ["cost", "tokens", "duration"] as const;
export type RunSort = (typeof runSorts)[number];

/** The figure of a run that a list is sorted by: nano-dollars, tokens or milliseconds. A run that has none stands behind those that do. */
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

/** As reported, else up to now; null where it has not begun. */
export function durationOf(run: RunSummary, nowMs: number): number | null {
  if (run.durationMs !== null) return run.durationMs;
  return run.startedAt === null ? null : Math.max(0, nowMs - Date.parse(run.startedAt));
}
