import type { RunCounts } from "@/lib/core/api/run-counts";
import { request } from "./request";

/** The figures above the list of runs. */
export function readRunCounts(signal?: AbortSignal): Promise<RunCounts> {
  return request<RunCounts>("/api/runs/counts", { signal });
}
