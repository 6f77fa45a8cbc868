import type { RedactionOutcome, RedactionTrial } from "@/lib/core/api/redaction";
import type { RedactionPolicy } from "@/lib/core/redaction/policy";
import { request } from "./request";

export function readRedaction(signal?: AbortSignal): Promise<RedactionPolicy> {
  return request<RedactionPolicy>("/api/redaction", { signal });
}

export function changeRedaction(policy: RedactionPolicy): Promise<RedactionPolicy> {
  return request<RedactionPolicy>("/api/redaction", { method: "PUT", body: policy });
}

export function tryRedaction(trial: RedactionTrial, signal?: AbortSignal): Promise<RedactionOutcome> {
  return request<RedactionOutcome>("/api/redaction/try", { method: "POST", body: trial, signal });
}
