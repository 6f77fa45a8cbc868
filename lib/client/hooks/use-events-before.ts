import { useQuery } from "@tanstack/react-query";
import { queries } from "../queries";

/** The few events of a run up to this one. */
export function useEventsBefore(runId: string, seq: number) {
  return useQuery(queries.eventsBefore(runId, seq));
}
