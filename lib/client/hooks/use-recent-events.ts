import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { runQueries } from "../queries/run";

const openMs = 1_500;

/** The last events of a run, oldest first. Of a run that goes on they are read again now and then. */
export function useRecentEvents(runId: string, ended: boolean) {
  const query = useQuery({
    ...runQueries.recentEvents(runId, ended),
    refetchInterval: ended ? false : openMs,
    placeholderData: (before, of) => (of?.queryKey[1] === runId ? keepPreviousData(before) : undefined),
  });
  return { events: query.data, error: query.error, retry: () => void query.refetch() };
}
