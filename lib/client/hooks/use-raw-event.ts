import { useQuery } from "@tanstack/react-query";
import { runQueries } from "../queries/run";

/** One event with the sender's JSON (`data.raw`); `data` is null when retention dropped it. `seq` null = nothing asked. */
export function useRawEvent(runId: string, seq: number | null) {
  return useQuery({ ...runQueries.rawEvent(runId, seq ?? 0), enabled: seq !== null });
}
