import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { RunSummary } from "@/lib/core/api/run";
import { type ControlWish, sendBulkControl, sendControl } from "../api/control";
import { runQueries } from "../queries/run";

/**
 * What was asked of a run and what may be asked of it. `version` changes whenever the run's log says something new about it; the
 * legs of an open request, which no event tells of, are read again and again.
 */
export function useRunControl(runId: string, version: string, enabled: boolean) {
  return useQuery({ ...runQueries.runControl(runId, version), enabled });
}

export function useRequestControl(run: Pick<RunSummary, "id">) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wish: Omit<ControlWish, "runId">) => sendControl({ runId: run.id, ...wish }),
    onSettled: () => client.invalidateQueries({ queryKey: runQueries.control(run.id) }),
  });
}

export function useBulkControl() {
  return useMutation({ mutationFn: sendBulkControl });
}
