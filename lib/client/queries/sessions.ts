import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { readSession, readSessions } from "../api/sessions";
import { runsPageSize } from "./runs";

/** Queries of sessions. No key is written anywhere else. */
export const sessionQueries = {
  /** The key that everything about sessions begins with. */
  sessions: ["sessions"] as const,
  sessionList: () =>
    infiniteQueryOptions({
      queryKey: [...sessionQueries.sessions, "list"],
      queryFn: ({ pageParam, signal }) => readSessions({ cursor: pageParam, limit: runsPageSize }, signal),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  session: (id: string) =>
    queryOptions({ queryKey: [...sessionQueries.sessions, "one", id], queryFn: ({ signal }) => readSession(id, signal) }),
};
