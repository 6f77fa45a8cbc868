import { useQuery } from "@tanstack/react-query";
import type { RunSummary } from "@/lib/core/api/run";
import { runsQueries } from "../queries/runs";

/** A run's header by its id; null while it is read, where there is none, and without an id. */
export function useListedRun(runId: string | null): RunSummary | null {
  return useQuery({ ...runsQueries.runHeader(runId ?? ""), enabled: runId !== null }).data ?? null;
}
