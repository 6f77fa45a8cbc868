import { type QueryKey, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import type { SessionSummary } from "@/lib/core/api/session";
import { sessionQueries } from "../queries/sessions";
import type { FeedFrame } from "../stream/protocol";
import { serverNowMs } from "../time/shared-clock";
import { useFeed } from "./use-feed";
import { useMore } from "./use-more";
import { useRenewal } from "./use-renewal";

const againMs = 1_000;
/** Browsers take a longer one for none. */
const longestTimerMs = 2 ** 31 - 1;

/** Reads what is below this key again after what the feed reports. */
function useNews(isMeant: (frame: FeedFrame) => boolean, queryKey: QueryKey): void {
  const renew = useRenewal(queryKey);
  useFeed({ onFrames: (frames) => frames.some(isMeant) && renew(), onStart: renew });
}

/** A run becomes stalled by silence, which nothing tells of: reads again when the next one does. */
function useReadAtStall(sessions: readonly SessionSummary[], read: () => void): void {
  const nextMs = Math.min(...sessions.map(({ stallsAt }) => (stallsAt === null ? Number.POSITIVE_INFINITY : Date.parse(stallsAt))));
  const latest = useRef(read);
  useEffect(() => {
    latest.current = read;
  });
  useEffect(() => {
    if (nextMs === Number.POSITIVE_INFINITY) return;
    const timer = setTimeout(() => latest.current(), Math.min(longestTimerMs, Math.max(againMs, nextMs - serverNowMs() + againMs)));
    return () => clearTimeout(timer);
  }, [nextMs]);
}

/** Sessions in the order in which they were first seen; those that came since wait until `showNew`. */
export function useSessions() {
  const query = useInfiniteQuery(sessionQueries.sessionList());
  useNews(({ run }) => run.sessionId !== null, sessionQueries.sessionList().queryKey);
  const read = useMemo(() => query.data?.pages.flatMap((page) => page.sessions) ?? [], [query.data]);
  useReadAtStall(read, () => void query.refetch());
  const [order, setOrder] = useState<readonly string[]>([]);
  const { shown, fresh } = useMemo(() => inOrder(read, order), [read, order]);
  // What a further page brings stands below: it moves nothing.
  const more = useMore(query);
  const pages = query.data?.pages.length ?? 0;
  const [ordered, setOrdered] = useState(0);
  if (pages > ordered) {
    setOrdered(pages);
    // Only that: what is new is on the first page, and waits.
    const known = new Set(order);
    const ids = query.data?.pages.slice(ordered).flatMap((page) => page.sessions.map(({ id }) => id)) ?? [];
    setOrder([...order, ...ids.filter((id) => !known.has(id))]);
  }
  return {
    sessions: shown,
    newCount: fresh.length,
    showNew: () => setOrder(read.map(({ id }) => id)),
    ...{ isPending: query.isPending, error: query.error, retry: () => void query.refetch() },
    ...more,
  };
}

function inOrder(read: readonly SessionSummary[], order: readonly string[]) {
  const byId = new Map(read.map((session) => [session.id, session]));
  const shown = order.flatMap((id) => byId.get(id) ?? []);
  for (const id of order) byId.delete(id);
  return { shown, fresh: [...byId.values()] };
}

/** A session with its runs, read again as they go on. */
export function useSession(id: string) {
  const query = useQuery(sessionQueries.session(id));
  useNews(({ run }) => run.sessionId === id, sessionQueries.session(id).queryKey);
  const session = query.data?.session;
  useReadAtStall(
    useMemo(() => (session ? [session] : []), [session]),
    () => void query.refetch(),
  );
  return query;
}
