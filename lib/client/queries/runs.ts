import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { readRunCounts } from "../api/run-lists";
import { readRun, readRuns } from "../api/runs";
import { addPage, type RunPages } from "../runs/live-list";
import { noRunFilters, type RunFilters } from "../runs/run-filters";

export const runsPageSize = 50;
const searchSize = 8;

/** Queries of lists of runs and of what stands in them. No key is written anywhere else. */
export const runsQueries = {
  runs: (filters: RunFilters) =>
    infiniteQueryOptions({
      queryKey: ["runs", "list", filters],
      queryFn: ({ pageParam, signal }) => readRuns(filters, { cursor: pageParam, limit: runsPageSize }, signal),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      staleTime: Number.POSITIVE_INFINITY,
      structuralSharing: (now, read) => addPage(now as RunPages | undefined, read as RunPages),
    }),
  runSearch: (text: string) =>
    queryOptions({
      queryKey: ["runs", "search", text],
      queryFn: async ({ signal }) => (await readRuns({ ...noRunFilters, q: text }, { cursor: null, limit: searchSize }, signal)).runs,
    }),
  /** Runs to choose one from: what the letters find, or without any the latest of this agent. */
  runChoices: (text: string, agent: string | null) =>
    queryOptions({
      queryKey: ["runs", "choices", text, agent],
      queryFn: async ({ signal }) => {
        const filters = text === "" ? { ...noRunFilters, agent } : { ...noRunFilters, q: text };
        return (await readRuns(filters, { cursor: null, limit: searchSize + 1 }, signal)).runs;
      },
      placeholderData: keepPreviousData,
    }),
  runHeader: (runId: string) => queryOptions({ queryKey: ["run", runId, "header"] as const, queryFn: () => readRun(runId) }),
  runCounts: () => queryOptions({ queryKey: ["runs", "counts"], queryFn: ({ signal }) => readRunCounts(signal), refetchInterval: 30_000 }),
};
