import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { ApiEvent, EventPage } from "@/lib/core/api/event";
import type { CanonicalType } from "@/lib/core/events/canonical";
import { request } from "../api/request";
import { openRunStore } from "../runs/run-store";

const pageSize = 500;
/** Events kept from the stream while the pages below them are not read to their end. */
const mostLive = 5_000;

export type EventsOfTypes = {
  readonly events: readonly ApiEvent[];
  readonly isPending: boolean;
  readonly hasMore: boolean;
  readonly loadMore: () => void;
  readonly error: Error | null;
  readonly retry: () => void;
};

/** A run's events of some types, in order of seq, read page by page and continued live once the last page is here. */
export function useEventsOfTypes(runId: string, types: readonly CanonicalType[], lastSeq: number): EventsOfTypes {
  const wanted = types.join(",");
  const query = useInfiniteQuery({
    queryKey: ["run", runId, "events", wanted],
    queryFn: ({ pageParam, signal }) => request<EventPage>(pageUrl(runId, wanted, pageParam), { signal }),
    initialPageParam: 1,
    getNextPageParam: (page) => (page.readUpTo < page.lastSeq ? page.readUpTo + 1 : undefined),
    enabled: wanted !== "",
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const live = useLiveEvents(runId, wanted);
  const events = useMemo(() => {
    const read = query.data?.pages.flatMap((page) => page.events) ?? [];
    if (!query.data || query.hasNextPage) return read;
    const readUpTo = Math.max(read.at(-1)?.seq ?? 0, query.data.pages.at(-1)?.lastSeq ?? 0);
    return [...read, ...live.filter((event) => event.seq > readUpTo && event.seq <= lastSeq)];
  }, [query.data, query.hasNextPage, live, lastSeq]);
  return {
    events,
    isPending: query.isPending && wanted !== "",
    hasMore: query.hasNextPage,
    loadMore: () => void (query.isFetchingNextPage || query.fetchNextPage()),
    error: query.error,
    retry: () => void query.refetch(),
  };
}

function pageUrl(runId: string, types: string, from: number): string {
  return `/api/runs/${encodeURIComponent(runId)}/events?from=${from}&limit=${pageSize}&types=${types}`;
}

function useLiveEvents(runId: string, wanted: string): readonly ApiEvent[] {
  const [live, setLive] = useState<readonly ApiEvent[]>([]);
  useEffect(() => {
    const types = new Set(wanted.split(","));
    setLive([]);
    return openRunStore(runId)?.onEvents((events) => {
      const mine = events.filter((event) => types.has(event.type));
      if (mine.length > 0) setLive((known) => [...known, ...mine].slice(-mostLive));
    });
  }, [runId, wanted]);
  return live;
}
