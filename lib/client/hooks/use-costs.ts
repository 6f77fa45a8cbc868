import { keepPreviousData, type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { CostReport, TopRuns } from "@/lib/core/api/costs";
import type { CostGrouping } from "@/lib/core/costs/cost-grouping";
import type { CostWindow } from "@/lib/core/costs/cost-span";
import { costQueries } from "../queries/costs";
import { useFeed } from "./use-feed";

const refreshMs = 1_000;

/** The figures of the costs page, read again at most once a second while runs report. */
export function useCosts(window: CostWindow, groupBy: CostGrouping): { report: UseQueryResult<CostReport>; top: UseQueryResult<TopRuns> } {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const refresh = () => void client.invalidateQueries({ queryKey: costQueries.costs }, { cancelRefetch: false });
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );
  const moving = window.fixed === null;
  useFeed({
    onFrames: () => {
      timer.current ??= setTimeout(() => {
        timer.current = null;
        refresh();
      }, refreshMs);
    },
    onStart: refresh,
  });
  // The range moves on even while nobody reports.
  const shared = { placeholderData: keepPreviousData, refetchInterval: moving ? 60_000 : false } as const;
  return {
    report: useQuery({ ...costQueries.costReport(window, groupBy), ...shared }),
    top: useQuery({ ...costQueries.topRuns(window), ...shared }),
  };
}
