import { useQuery } from "@tanstack/react-query";
import { runQueries } from "../queries/run";

/** How the money of a run comes about, as of one of its events. */
export function useCostLines(runId: string, at: number) {
  return useQuery(runQueries.costLines(runId, at));
}
