import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { RunStatus } from "@/lib/core/run/status";
import { readDemo, readHealth, readKeys, readMe } from "./api/project";
import { readRawEvent, readRunSnapshot, readRuns } from "./api/runs";
import type { CountedRuns } from "./runs/recount";
import { noRunFilters, type RunFilters } from "./runs/run-filters";

export const runsPageSize = 50;
const searchSize = 8;
/** A strip counts exactly up to here, then says "100+". */
export const countLimit = 100;

/** Every query of the browser, with its key: no key is written anywhere else. */
export const queries = {
  me: () => queryOptions({ queryKey: ["me"], queryFn: ({ signal }) => readMe(signal), staleTime: 60_000 }),
  health: () => queryOptions({ queryKey: ["health"], queryFn: ({ signal }) => readHealth(signal), staleTime: 10_000 }),
  keys: () => queryOptions({ queryKey: ["keys"], queryFn: ({ signal }) => readKeys(signal) }),
  demo: () => queryOptions({ queryKey: ["demo"], queryFn: ({ signal }) => readDemo(signal), refetchInterval: 5_000 }),
  runs: (filters: RunFilters) =>
    infiniteQueryOptions({
      queryKey: ["runs", "list", filters],
      queryFn: ({ pageParam, signal }) => readRuns(filters, { cursor: pageParam, limit: runsPageSize }, signal),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  runSearch: (text: string) =>
    queryOptions({
      queryKey: ["runs", "search", text],
      queryFn: async ({ signal }) => (await readRuns({ ...noRunFilters, q: text }, { cursor: null, limit: searchSize }, signal)).runs,
    }),
  /** The key that all counts begin with. */
  runCounts: ["runs", "count"] as const,
  runCount: (status: RunStatus) =>
    queryOptions({
      queryKey: [...queries.runCounts, status] as const,
      queryFn: async ({ signal }): Promise<CountedRuns> => {
        const { runs, nextCursor } = await readRuns({ ...noRunFilters, status }, { cursor: null, limit: countLimit }, signal);
        return { ids: runs.map((run) => run.id), more: nextCursor !== null };
      },
      staleTime: Number.POSITIVE_INFINITY,
    }),
  runSnapshot: (runId: string) =>
    queryOptions({
      queryKey: ["run", runId, "snapshot"],
      queryFn: ({ signal }) => readRunSnapshot(runId, signal),
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
    }),
  rawEvent: (runId: string, seq: number) =>
    queryOptions({
      queryKey: ["run", runId, "raw", seq],
      queryFn: ({ signal }) => readRawEvent(runId, seq, signal),
      staleTime: Number.POSITIVE_INFINITY,
    }),
};
