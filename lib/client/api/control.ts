import type { BulkControl, BulkControlReply, Control, RunControl } from "@/lib/core/api/control";
import type { ControlAction } from "@/lib/core/control/words";
import { request } from "./request";

export function readRunControl(runId: string, signal?: AbortSignal): Promise<RunControl> {
  return request<RunControl>(`/api/runs/${encodeURIComponent(runId)}/control`, { signal });
}

export type ControlWish = { readonly runId: string; readonly action: ControlAction; readonly reason?: string };

/** Asks a run's agent. Throws ApiError with the reason where it cannot be asked. */
export function sendControl({ runId, action, reason }: ControlWish): Promise<Control> {
  return request<Control>(`/api/runs/${encodeURIComponent(runId)}/${action}`, { method: "POST", body: reason ? { reason } : {} });
}

/** Asks the agents of at most 500 runs; each has its own answer. */
export function sendBulkControl(wanted: BulkControl): Promise<BulkControlReply> {
  return request<BulkControlReply>("/api/runs/control", { method: "POST", body: wanted });
}
