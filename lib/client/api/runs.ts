import type { ApiEvent, EventPage } from "@/lib/core/api/event";
import type { RunList, RunSummary } from "@/lib/core/api/run";
import type { RunState } from "@/lib/core/run/state";
import { type RunFilters, runFilterParams } from "../runs/run-filters";
import { request } from "./request";

export type RunSnapshot = { readonly run: RunSummary; readonly state: RunState };

/** One keyset page of the project's runs, newest first. */
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
export function readRun(runId: string): Promise<RunSummary> {
  return request<RunSummary>(`/api/runs/${encodeURIComponent(runId)}`);
}

/** A run's header and its state folded up to `state.lifecycle.lastSeq`. Takes our id or the sender's. */
export function readRunSnapshot(runId: string, signal?: AbortSignal): Promise<RunSnapshot> {
  return request<RunSnapshot>(`/api/runs/${encodeURIComponent(runId)}/state`, { signal });
}

/** The run's state as of one of its events. */
export async function readStateAt(runId: string, seq: number): Promise<RunState> {
  return (await request<RunSnapshot>(`/api/runs/${encodeURIComponent(runId)}/state?at=${seq}`)).state;
}

/** Events of one run from `from` on, in order of seq. */
export function readEventPage(
  runId: string,
  range: { readonly from: number; readonly limit: number },
  signal?: AbortSignal,
): Promise<EventPage> {
  return request<EventPage>(`/api/runs/${encodeURIComponent(runId)}/events?from=${range.from}&limit=${range.limit}`, { signal });
}

/** One event with the sender's JSON; null when retention dropped it. */
export async function readRawEvent(runId: string, seq: number, signal?: AbortSignal): Promise<ApiEvent | null> {
  const path = `/api/runs/${encodeURIComponent(runId)}/events?from=${seq}&limit=1&raw=1`;
  const event = (await request<EventPage>(path, { signal, exact: true })).events[0];
  return event?.seq === seq ? event : null;
}
