import type { CostFigures, CostReport } from "@/lib/core/api/costs";

export type Amount = Pick<CostFigures, "reportedNanos" | "estimatedNanos" | "unpriced">;

/** What is spent per hour if the last quarter of an hour goes on. */
export function burnPerHour({ quarterHour }: CostReport["pace"]): Amount {
  return scaled(quarterHour, 4);
}

/** This month's cost (UTC) if each remaining day costs what the last 24 hours did. */
export function projectedMonth({ at, day, month }: CostReport["pace"]): Amount {
  const now = new Date(at);
  const endMs = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1);
  const coming = scaled(day, (endMs - now.getTime()) / 86_400_000);
  return {
    reportedNanos: month.reportedNanos + coming.reportedNanos,
    estimatedNanos: month.estimatedNanos + coming.estimatedNanos,
    unpriced: Math.max(month.unpriced, coming.unpriced),
  };
}

/** What was spent for each run that succeeded; null where none did. */
export function costPerSuccess(totals: CostFigures, succeeded: number): Amount | null {
  return succeeded > 0 ? scaled(totals, 1 / succeeded) : null;
}

/** What has no price stays counted as it is: it says that the amount is not all, and no multiple of it would say more. */
function scaled(figures: CostFigures, times: number): Amount {
  return {
    reportedNanos: Math.round(figures.reportedNanos * times),
    estimatedNanos: Math.round(figures.estimatedNanos * times),
    unpriced: figures.unpriced,
  };
}

/** Change against before as a part of it; null where there is nothing to compare with. */
export function change(now: number, before: number): number | null {
  return before > 0 ? (now - before) / before : null;
}

/** Whether any figure of a group is below zero: a reader of the table wonders. */
export function hasCorrections({ groups, rest }: Pick<CostReport, "groups" | "rest">): boolean {
  return [...groups, rest].some(({ figures }) => Object.values(figures).some((figure) => figure < 0));
}

/** Part of the reports that nobody can price, 0..1; null while there are no reports. */
export function unpricedShare({ unpriced, reports }: CostFigures): number | null {
  return reports > 0 ? Math.min(1, Math.max(0, unpriced) / reports) : null;
}
