import type { Approval, ApprovalList, DecisionRequest } from "@/lib/core/api/approval";
import { type ApprovalTab, approvalTabStatuses } from "@/lib/core/approvals/tabs";
import { ApiError, request } from "./request";

export function readApprovals(
  wanted: { readonly tab: ApprovalTab; readonly run?: string; readonly limit: number; readonly cursor?: string | null },
  signal?: AbortSignal,
): Promise<ApprovalList> {
  const params = new URLSearchParams({ status: approvalTabStatuses[wanted.tab].join(","), limit: String(wanted.limit) });
  if (wanted.run !== undefined) params.set("run", wanted.run);
  if (wanted.cursor) params.set("cursor", wanted.cursor);
  return request<ApprovalList>(`/api/approvals?${params}`, { signal, exact: true });
}

/** All that waits in a run: the first that it asked may be the least urgent. */
export async function readRunApprovals(run: string, limit: number, signal?: AbortSignal): Promise<ApprovalList> {
  const first = await readApprovals({ tab: "waiting", run, limit }, signal);
  const approvals = [...first.approvals];
  for (let cursor = first.nextCursor; cursor !== null; ) {
    const next = await readApprovals({ tab: "waiting", run, limit, cursor }, signal);
    approvals.push(...next.approvals);
    cursor = next.nextCursor;
  }
  return { ...first, approvals, nextCursor: null };
}

export function readApproval(id: string, signal?: AbortSignal): Promise<Approval> {
  return request<Approval>(`/api/approvals/${encodeURIComponent(id)}`, { signal, exact: true });
}

export type Deciding = {
  readonly approval: Approval;
  readonly wanted: Omit<DecisionRequest, "actionHash">;
  readonly idempotencyKey: string;
};

/** Decides about what was shown. Throws ApiError; a refusal carries the request as it is now: `refusedApproval`. */
export function sendDecision({ approval, wanted, idempotencyKey }: Deciding): Promise<Approval> {
  return request<Approval>(`/api/approvals/${encodeURIComponent(approval.id)}/decision`, {
    method: "POST",
    body: { ...wanted, actionHash: approval.actionHash },
    headers: { "idempotency-key": idempotencyKey },
    exact: true,
  });
}

/** The request as it stands, where a refusal says so. */
export function refusedApproval(error: unknown): Approval | null {
  if (!(error instanceof ApiError)) return null;
  const body = error.detail.body;
  return typeof body === "object" && body !== null && "approval" in body ? (body.approval as Approval) : null;
}
