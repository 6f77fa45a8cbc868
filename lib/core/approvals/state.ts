import type { Json } from "../json";

export const approvalStatuses = ["pending", "approved", "denied", "answered", "expired", "cancelled", "superseded"] as const;
export type ApprovalStatus = (typeof approvalStatuses)[number];

export type ApprovalEntry = {
  /** Ours: the sender's id if it gave one, else `seq:<seq of the request>`. */
  readonly key: string;
  readonly status: ApprovalStatus;
  readonly kind: "tool" | "input";
  readonly requestedSeq: number | null;
  readonly requestedAtMs: number | null;
  readonly agent: string | null;
  readonly tool: string | null;
  readonly arguments: Json;
  readonly question: string | null;
  readonly channel: string | null;
  readonly risk: string | null;
  readonly timeoutMs: number | null;
  readonly decidedSeq: number | null;
  readonly decidedAtMs: number | null;
  readonly decidedBy: string | null;
  readonly comment: string | null;
  readonly answer: Json;
};

export type ApprovalsState = {
  /** In order of first appearance. At most 500 are kept; older decided ones leave first. */
  readonly entries: readonly ApprovalEntry[];
  readonly pending: number;
};
