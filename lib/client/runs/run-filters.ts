import type { RunSummary } from "@/lib/core/api/run";
import { matchesRun } from "@/lib/core/run-query/match-run";
import type { RunFilters } from "@/lib/core/run-query/run-filters";
import { serverNowMs } from "../time/shared-clock";

export { noRunFilters, type RunFilters, runFilterParams } from "@/lib/core/run-query/run-filters";

/** Whether a run that the feed reports belongs in a list with these filters, now. */
export function matchesRunFilters(run: RunSummary, filters: RunFilters): boolean {
  return matchesRun(run, filters, serverNowMs());
}
