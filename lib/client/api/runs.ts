import type { RunList, RunSummary } from "@/lib/core/api/run";
import { type RunFilters, runFilterParams } from "../runs/run-filters";
import { request } from "./request";

/** One keyset page of the project's runs, in the order of the filters. */
export function readRuns(
  filters: RunFilters,
  page: { readonly cursor: string | null; readonly limit: number },
  signal?: AbortSignal,
): Promise<RunList> {
  const params = runFilterParams(filters);
  params.set("limit", String(page.limit));
  if (page.cursor) params.set("cursor", page.cursor);
  return request<RunList>(`/api/runs?${params}`, { signal });
}

/** A run's header alone. Takes our id or the sender's. */
export function readRun(runId: string, signal?: AbortSignal): Promise<RunSummary> {
  return request<RunSummary>(`/api/runs/${encodeURIComponent(runId)}`, { signal });
}
