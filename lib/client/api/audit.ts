import type { AuditNoun } from "@/lib/core/audit/actions";
import type { AuditList, AuditVerdict } from "@/lib/core/audit/entry";
import { request } from "./request";

export function readAudit({ about, cursor }: { about: AuditNoun | null; cursor: string | null }, signal?: AbortSignal): Promise<AuditList> {
  const query = new URLSearchParams({ limit: "50", ...(about && { about }), ...(cursor && { cursor }) });
  return request<AuditList>(`/api/audit?${query}`, { signal });
}

export function verifyAudit(): Promise<AuditVerdict> {
  return request<AuditVerdict>("/api/audit/verify");
}
