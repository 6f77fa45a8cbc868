import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { CostReport, TopRuns } from "@/lib/core/api/costs";
import type { CostGrouping } from "@/lib/core/costs/cost-grouping";
import type { CostWindow } from "@/lib/core/costs/cost-span";
import { costQueries } from "../queries/costs";
import { useFeed } from "./use-feed";
import { useRenewal } from "./use-renewal";

/** The figures of the costs page, read again at most once a second while runs report. */
export function useCosts(window: CostWindow, groupBy: CostGrouping): { report: UseQueryResult<CostReport>; top: UseQueryResult<TopRuns> } {
  const renew = useRenewal(costQueries.costs);
  useFeed({ onFrames: renew, onStart: renew });
  const moving = window.fixed === null;
  // The range moves on even while nobody reports.
  const shared = { placeholderData: keepPreviousData, refetchInterval: moving ? 60_000 : false } as const;
  return {
    report: useQuery({ ...costQueries.costReport(window, groupBy), ...shared }),
    top: useQuery({ ...costQueries.topRuns(window), ...shared }),
  };
}
