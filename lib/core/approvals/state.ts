import type { ExactTexts } from "../events/canonical";
import type { Json } from "../json";
import type { OrderKey } from "../run/order-key";
import type { ApprovalAction, ApprovalKind, ApprovalStatus, Through } from "./words";

export type { ApprovalStatus } from "./words";

/** One request. The same id asked for again with another tool or other arguments is another entry, which supersedes this one. */
export type ApprovalEntry = {
  /** Ours: the sender's id if it gave one, else `seq:<seq of the request>`. */
  readonly key: string;
  readonly status: ApprovalStatus;
  readonly kind: ApprovalKind;
  readonly requestedSeq: number | null;
  readonly requestedAtMs: number | null;
  readonly agent: string | null;
  readonly tool: string | null;
  readonly arguments: Json;
  readonly question: string | null;
  readonly channel: string | null;
  readonly risk: string | null;
  readonly timeoutMs: number | null;
  readonly choices: readonly string[] | null;
  readonly schema: Json;
  readonly allowed: readonly ApprovalAction[] | null;
  /** `watchfloor`: asked through our own door, so that only our own decisions count. */
  readonly askedThrough: Through;
  readonly decidedSeq: number | null;
  readonly decidedAtMs: number | null;
  readonly decidedBy: string | null;
  /** `source`: the agent's system reported the decision. */
  readonly decidedThrough: Through | null;
  readonly comment: string | null;
  readonly answer: Json;
  readonly editedArguments: Json;
  /** First event that the agent sent after a decision of ours. */
  readonly resumedSeq: number | null;
  readonly resumedAtMs: number | null;
  /** Place of the request in the sender's order; null on a stub made by a decision. */
  readonly requestedOrder: OrderKey | null;
  /** The same where it was asked for the last time. */
  readonly latestOrder: OrderKey | null;
  /** Whether the sender gave the request an id. */
  readonly named: boolean;
  /** The call that waits, where the sender says which. */
  readonly callId?: string;
  /** Of the request and of its decision, where there are any. */
  readonly exact?: ExactTexts;
  readonly decidedExact?: ExactTexts;
  /**
   * Where arguments, schema and choices are too long to be kept here, and are null: the SHA-256 of what is decided about, begun. They
   * stand in the event `requestedSeq`.
   */
  readonly begunHash?: string;
};

/** A decision as it came, kept so that requests and decisions can be matched in the sender's order whatever order they arrive in. */
export type ApprovalDecision = {
  /** The request's key; null where the sender did not say which. */
  readonly key: string | null;
  readonly status: "approved" | "denied" | "answered" | "expired";
  readonly order: OrderKey;
  readonly atMs: number;
  readonly by: string | null;
  readonly through: Through;
  /** Seq of the request: in our own decisions only. */
  readonly requestSeq: number | null;
  /** Read from what became of this tool, where the system has no event for a decision; "" where no tool is named, null where it was said. */
  readonly inferredOf: string | null;
  /** The call that it became of, where the sender says so. */
  readonly callId?: string;
  readonly comment: string | null;
  readonly answer: Json;
  readonly editedArguments: Json;
  readonly exact?: ExactTexts;
};

export type ApprovalsState = {
  /** In order of first appearance. At most 1,000 are kept, trimmed to 300; older decided ones leave first. */
  readonly entries: readonly ApprovalEntry[];
  readonly pending: number;
  /** Entries with a decision of ours after which the agent has not been heard. */
  readonly awaited: number;
  /** At most 500, in the sender's order; of those inferred for tools that nobody was asked about, the latest 16. */
  readonly decisions: readonly ApprovalDecision[];
  /** Latest end and latest (re)start of the run: an end cancels what is still open. */
  readonly ended: OrderKey | null;
  readonly opened: OrderKey | null;
};
