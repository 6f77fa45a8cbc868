import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { RunControl } from "@/lib/core/api/control";
import type { RunSummary } from "@/lib/core/api/run";
import { type ControlWish, sendBulkControl, sendControl } from "../api/control";
import { runQueries } from "../queries/run";

/**
 * What was asked of a run and what may be asked of it. `version` changes whenever the run's log says something new about it; the
 * legs of an open request, which no event tells of, are read again and again. `drawn` = as it was when the server drew the page.
 */
export function useRunControl(
  runId: string,
  { version, enabled, drawn }: { readonly version: string; readonly enabled: boolean; readonly drawn: RunControl | null },
) {
  return useQuery({ ...runQueries.runControl(runId, version), enabled, placeholderData: (known) => known ?? drawn ?? undefined });
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
