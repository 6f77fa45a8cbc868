import type { EventPage } from "@/lib/core/api/event";
import type { RunCounts } from "@/lib/core/api/run-counts";
import { request } from "./request";
import { readEventPage, readRun } from "./runs";

/** The figures above the list of runs. */
export function readRunCounts(signal?: AbortSignal): Promise<RunCounts> {
  return request<RunCounts>("/api/runs/counts", { signal });
}

/** The last events of a run as of now. */
export async function readLastEvents(runId: string, count: number, signal?: AbortSignal): Promise<EventPage> {
  const { lastSeq } = await readRun(runId);
  return readEventPage(runId, { from: Math.max(1, lastSeq - count + 1), limit: count }, signal);
}
