import type { Json } from "../json";
import type { OrderKey } from "../run/order-key";

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
  /** Place of the request in the sender's order; null on a stub made by a decision. */
  readonly requestedOrder: OrderKey | null;
  /** Whether the sender gave the request an id. */
  readonly named: boolean;
};

/** A decision as it came, kept so that requests and decisions can be matched in the sender's order whatever order they arrive in. */
export type ApprovalDecision = {
  /** The request's key; null where the sender did not say which. */
  readonly key: string | null;
  readonly status: "approved" | "denied" | "answered" | "expired";
  readonly order: OrderKey;
  readonly atMs: number;
  readonly by: string | null;
  readonly comment: string | null;
  readonly answer: Json;
};

export type ApprovalsState = {
  /** In order of first appearance. At most 500 are kept; older decided ones leave first. */
  readonly entries: readonly ApprovalEntry[];
  readonly pending: number;
  /** At most 500, in the sender's order. */
  readonly decisions: readonly ApprovalDecision[];
  /** Latest end and latest (re)start of the run: an end cancels what is still open. */
  readonly ended: OrderKey | null;
  readonly opened: OrderKey | null;
};
