import { keepPreviousData, queryOptions, skipToken } from "@tanstack/react-query";
import type { BudgetList, NewBudget } from "@/lib/core/budgets/budget";
import type { CostGrouping } from "@/lib/core/costs/cost-grouping";
import { type CostWindow, windowSpan } from "@/lib/core/costs/cost-span";
import { previewBudget, readBudgets } from "../api/budgets";
import { readCosts, readTopRuns } from "../api/costs";
import { readPrices, readRepricings } from "../api/prices";
import { serverNowMs } from "../time/shared-clock";

/** Queries of costs, budgets and prices. No key is written anywhere else. */
export const costQueries = {
  /** What came of an action is known a moment after the last event that tells of it, so that no event says when to look. */
  budgets: () =>
    queryOptions({
      queryKey: [...costQueries.costs, "budgets"] as const,
      queryFn: ({ signal }) => readBudgets(signal),
      staleTime: 60_000,
      refetchInterval: ({ state }) => actedAgainMs(state.data),
    }),
  budgetPreview: (budget: NewBudget | null) =>
    queryOptions({
      queryKey: ["budget-preview", budget] as const,
      queryFn: budget === null ? skipToken : ({ signal }) => previewBudget(budget, signal),
      staleTime: 60_000,
      placeholderData: keepPreviousData,
    }),
  prices: () => queryOptions({ queryKey: ["prices"], queryFn: ({ signal }) => readPrices(signal) }),
  /** Twice a second while one is counted or written. */
  repricings: () =>
    queryOptions({
      queryKey: ["repricings"],
      queryFn: ({ signal }) => readRepricings(signal),
      refetchInterval: ({ state }) => (state.data?.some(({ status }) => status === "counting" || status === "applying") ? 500 : false),
    }),
  /** The key that all figures of the costs page begin with. */
  costs: ["costs"] as const,
  costReport: (window: CostWindow, groupBy: CostGrouping) =>
    queryOptions({
      queryKey: [...costQueries.costs, "report", window, groupBy] as const,
      queryFn: ({ signal }) => readCosts(windowSpan(window, serverNowMs()), groupBy, signal),
      staleTime: 60_000,
    }),
  topRuns: (window: CostWindow) =>
    queryOptions({
      queryKey: [...costQueries.costs, "top-runs", window] as const,
      queryFn: ({ signal }) => readTopRuns(windowSpan(window, serverNowMs()), signal),
      staleTime: 60_000,
    }),
};

/** Soon while runs are being asked; seldom once they were, because those that begin later are asked too. */
function actedAgainMs(list: BudgetList | undefined): number | false {
  const acts = list?.budgets.flatMap(({ action, actionAt, crossings }) =>
    action === "notify" ? [] : crossings.filter(({ threshold }) => threshold >= actionAt),
  );
  if (!acts?.length) return false;
  return acts.some(({ acted }) => acted === null) ? 1_000 : 10_000;
}
