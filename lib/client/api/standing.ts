import type { ApprovalPolicy } from "@/lib/core/approvals/policy";
import type { StandingList } from "@/lib/core/standing/standing";
import { request } from "./request";

export async function readStanding(run: string | null, signal?: AbortSignal): Promise<StandingList["standing"]> {
  const query = run === null ? "" : `?run=${encodeURIComponent(run)}`;
  return (await request<StandingList>(`/api/standing-approvals${query}`, { signal })).standing;
}

export function revokeStanding(id: string): Promise<void> {
  return request<void>(`/api/standing-approvals/${encodeURIComponent(id)}`, { method: "DELETE" });
}

export function readApprovalPolicy(signal?: AbortSignal): Promise<ApprovalPolicy> {
  return request<ApprovalPolicy>("/api/approval-policy", { signal });
}

export function changeApprovalPolicy(policy: ApprovalPolicy): Promise<ApprovalPolicy> {
  return request<ApprovalPolicy>("/api/approval-policy", { method: "PUT", body: policy });
}
