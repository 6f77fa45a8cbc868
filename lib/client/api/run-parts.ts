import type { ApiEvent, EventPage } from "@/lib/core/api/event";
import type { RunSummary } from "@/lib/core/api/run";
import type { HeldLists, RunChunk, RunWindow } from "@/lib/core/run/run-window";
import type { RunState } from "@/lib/core/run/state";
import { request } from "./request";
import { readRun } from "./runs";

export type RunSnapshot = {
  readonly run: RunSummary;
  readonly state: RunState;
  /** What the state's rows were put together from; absent where the run is short. */
  readonly rows?: { readonly base: HeldLists; readonly chunks: readonly RunChunk[] };
};

/** As it comes from the server: the state holds the rows since the last chunk, and those before that can still change. */
export type RunWindowReply = RunWindow & { readonly run: RunSummary };

export type WindowRange = { readonly at?: number; readonly events: number };
export type ChunkRange = { readonly after: number; readonly upTo: number };

export function runWindowPath(runId: string, { at, events }: WindowRange): string {
  const params = new URLSearchParams({ events: String(events) });
  if (at !== undefined) params.set("at", String(at));
  return `/api/runs/${encodeURIComponent(runId)}/window?${params}`;
}

/** A run as of `at` (default: now) with the rows of about `events` events before it. Takes our id or the sender's. */
export function readRunWindow(runId: string, range: WindowRange, signal?: AbortSignal): Promise<RunWindowReply> {
  return request<RunWindowReply>(runWindowPath(runId, range), { signal });
}

export function runChunksPath(runId: string, { after, upTo }: ChunkRange): string {
  return `/api/runs/${encodeURIComponent(runId)}/chunks?after=${after}&upTo=${upTo}`;
}

/** What the events after `after` up to `upTo` did to the run's rows; both are ends of chunks. */
export function readRunChunks(
  runId: string,
  range: ChunkRange,
  signal?: AbortSignal,
): Promise<{ readonly base: HeldLists; readonly chunks: readonly RunChunk[] }> {
  return request(runChunksPath(runId, range), { signal });
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

/** The last events of a run as of now. */
export async function readLastEvents(runId: string, count: number, signal?: AbortSignal): Promise<EventPage> {
  const { lastSeq } = await readRun(runId);
  return readEventPage(runId, { from: Math.max(1, lastSeq - count + 1), limit: count }, signal);
}
