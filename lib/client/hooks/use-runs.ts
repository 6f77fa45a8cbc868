import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { RunSummary } from "@/lib/core/api/run";
import { readRuns } from "../api/runs";
import { runsPageSize, runsQueries } from "../queries/runs";
import { insertRuns, type RunPages, unlisted, updateListed } from "../runs/live-list";
import { matchesRunFilters, type RunFilters, runFilterParams } from "../runs/run-filters";
import { useFeed } from "./use-feed";

export { noRunFilters, type RunFilters, runFilterParams } from "../runs/run-filters";

export type RunsView = {
  readonly runs: readonly RunSummary[];
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  readonly loadMore: () => void;
  /** Runs that came since and wait to be let in. */
  readonly newCount: number;
  readonly showNew: () => void;
};

type Waiting = { readonly filters: string; readonly runs: ReadonlyMap<string, RunSummary> };

/** The runs that match, in the order of the filters. Listed rows change in place as the feed reports them; new ones wait until `showNew`. */
export function useRuns(filters: RunFilters): RunsView {
  const client = useQueryClient();
  const options = useMemo(() => runsQueries.runs(filters), [filters]);
  const query = useInfiniteQuery(options);
  const filterKey = runFilterParams(filters).toString();
  const [waiting, setWaiting] = useState<Waiting>({ filters: filterKey, runs: new Map() });
  const current = waiting.filters === filterKey ? waiting.runs : emptyRuns;

  const take = useCallback(
    (runs: Iterable<RunSummary>) => {
      const updates = new Map<string, RunSummary>();
      for (const run of runs) updates.set(run.id, run);
      const pages = client.getQueryData<RunPages>(options.queryKey);
      if (!pages) return;
      const next = updateListed(pages, updates);
      if (next !== pages) client.setQueryData<RunPages>(options.queryKey, next);
      setWaiting((before) => nextWaiting(before, { filters, filterKey, pages, updates }));
    },
    [client, options, filters, filterKey],
  );

  const heard = useRef(new Map<string, RunSummary>());
  const taking = useRef(take);
  useEffect(() => {
    taking.current = take;
  }, [take]);
  const pagesRead = query.data?.pages.length ?? 0;
  // A page that was read, or a list that was left for other filters, lacks what was heard meanwhile.
  useEffect(() => {
    if (pagesRead > 0) take(heard.current.values());
  }, [pagesRead, take]);
  const readAgain = useCallback(() => {
    const listed = client.getQueryData<RunPages>(options.queryKey)?.pages.flatMap((page) => page.runs).length;
    if (listed === undefined) return;
    readRuns(filters, { cursor: null, limit: Math.min(mostReadAgain, Math.max(runsPageSize, listed)) }).then(
      // By now the list may be one of other filters, whose waiting runs must not be counted by those that were left.
      (page) => taking.current(page.runs),
      () => {},
    );
  }, [client, options, filters]);
  useFeed({
    onFrames: (frames) => {
      const runs = frames.map((frame) => frame.run);
      remember(heard.current, runs);
      take(runs);
    },
    onStart: readAgain,
  });
  // The stream may have started, or started again, while other filters were shown: it read only their list again.
  const shown = useRef(filterKey);
  useEffect(() => {
    if (shown.current === filterKey) return;
    shown.current = filterKey;
    readAgain();
  }, [filterKey, readAgain]);

  const showNew = useCallback(() => {
    client.setQueryData<RunPages>(options.queryKey, (pages) => pages && insertRuns(pages, [...current.values()], filters.sort));
    setWaiting({ filters: filterKey, runs: new Map() });
  }, [client, options, current, filters.sort, filterKey]);

  const runs = useMemo(() => query.data?.pages.flatMap((page) => page.runs) ?? [], [query.data]);
  return {
    runs,
    isPending: query.isPending,
    error: query.error,
    retry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    newCount: current.size,
    showNew,
  };
}

/** What the server gives on one page. */
const mostReadAgain = 200;
const mostRemembered = 500;

function remember(heard: Map<string, RunSummary>, runs: readonly RunSummary[]): void {
  for (const run of runs) {
    heard.delete(run.id);
    heard.set(run.id, run);
  }
  for (const id of heard.keys()) {
    if (heard.size <= mostRemembered) return;
    heard.delete(id);
  }
}

const emptyRuns: ReadonlyMap<string, RunSummary> = new Map();

type Taking = {
  readonly filters: RunFilters;
  readonly filterKey: string;
  readonly pages: RunPages;
  readonly updates: ReadonlyMap<string, RunSummary>;
};

function nextWaiting(before: Waiting, { filters, filterKey, pages, updates }: Taking): Waiting {
  const kept = before.filters === filterKey ? before.runs : emptyRuns;
  const fresh = unlisted(pages, updates.values(), filters);
  const gone = [...updates.values()].filter((run) => kept.has(run.id) && !matchesRunFilters(run, filters));
  if (fresh.length === 0 && gone.length === 0 && before.filters === filterKey) return before;
  const runs = new Map(kept);
  for (const run of fresh) runs.set(run.id, run);
  for (const run of gone) runs.delete(run.id);
  return { filters: filterKey, runs };
}
