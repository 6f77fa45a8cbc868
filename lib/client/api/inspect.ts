import type { InspectReply, InspectRequest } from "@/lib/core/api/inspect";
import { request } from "./request";

/** What some events would become. Stores nothing. */
export function inspect(wanted: InspectRequest, signal?: AbortSignal): Promise<InspectReply> {
  return request<InspectReply>("/api/inspect", { method: "POST", body: wanted, signal, exact: true });
}
