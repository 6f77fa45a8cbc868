import type { ExactTexts } from "../events/canonical";
import type { Json } from "../json";
import type { OrderKey } from "../run/order-key";
import type { ApprovalAction, ApprovalKind, ApprovalStatus, Through } from "./words";

export type { ApprovalStatus } from "./words";

/** One request. If the same id is asked again with another tool or other arguments, that is a new entry, which supersedes this one. */
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
  /** `watchfloor`: made through our own API, so only our own decisions count. */
  readonly askedThrough: Through;
  readonly decidedSeq: number | null;
  readonly decidedAtMs: number | null;
  readonly decidedBy: string | null;
  /** `source`: the agent's system reported the decision. */
  readonly decidedThrough: Through | null;
  readonly comment: string | null;
  readonly answer: Json;
  readonly editedArguments: Json;
  /** The first event that the agent sent after a decision of ours. */
  readonly resumedSeq: number | null;
  readonly resumedAtMs: number | null;
  /** The request's place in the sender's order; null on a stub created by a decision. */
  readonly requestedOrder: OrderKey | null;
  /** Its place when it was last asked. */
  readonly latestOrder: OrderKey | null;
  /** Whether the sender gave the request an id. */
  readonly named: boolean;
  /** The waiting call, if the sender says which. */
  readonly callId?: string;
  /** Of the request and of its decision, if any. */
  readonly exact?: ExactTexts;
  readonly decidedExact?: ExactTexts;
  /**
   * Set if arguments, schema and choices are too long to keep here and are null: the begun SHA-256 of what is decided. The parts are in the
   * event `requestedSeq`.
   */
  readonly begunHash?: string;
};

/** A decision as it came, kept so that requests and decisions can be matched in the sender's order, whatever order they arrive in. */
export type ApprovalDecision = {
  /** The request's key; null if the sender did not say which. */
  readonly key: string | null;
  readonly status: "approved" | "denied" | "answered" | "expired";
  readonly order: OrderKey;
  readonly atMs: number;
  readonly by: string | null;
  readonly through: Through;
  /** The request's seq; only in our own decisions. */
  readonly requestSeq: number | null;
  /**
   * The tool whose outcome this was inferred from, if the system has no event for decisions; "" if no tool is named, null if the decision
   * was explicit.
   */
  readonly inferredOf: string | null;
  /** The call that had this outcome, if the sender says so. */
  readonly callId?: string;
  readonly comment: string | null;
  readonly answer: Json;
  readonly editedArguments: Json;
  readonly exact?: ExactTexts;
};

export type ApprovalsState = {
  /** In order of first appearance. At most 1,000 are kept, trimmed to 300; older decided ones are dropped first. */
  readonly entries: readonly ApprovalEntry[];
  readonly pending: number;
  /** Entries decided by us whose agent has not been heard from since. */
  readonly awaited: number;
  /** At most 500, in the sender's order; of those inferred for tools that nobody was asked about, the latest 16. */
  readonly decisions: readonly ApprovalDecision[];
  /** The run's latest end and latest (re)start: an end cancels what is still open. */
  readonly ended: OrderKey | null;
  readonly opened: OrderKey | null;
};
