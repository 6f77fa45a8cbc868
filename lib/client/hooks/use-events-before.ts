import { useQuery } from "@tanstack/react-query";
import { runQueries } from "../queries/run";

/** The few events of a run up to this one. */
export function useEventsBefore(runId: string, seq: number) {
  return useQuery(runQueries.eventsBefore(runId, seq));
}
