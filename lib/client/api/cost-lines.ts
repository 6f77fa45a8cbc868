import type { CostLines } from "@/lib/core/api/cost-lines";
import { request } from "./request";

/** How the money of a run comes about, as of one of its events. */
export function readCostLines(runId: string, at: number, signal?: AbortSignal): Promise<CostLines> {
  return request<CostLines>(`/api/runs/${encodeURIComponent(runId)}/cost-lines?at=${at}`, { signal });
}
