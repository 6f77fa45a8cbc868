import type { ApprovalAction, ApprovalKind } from "../approvals/words";
import type { ControlAction } from "../control/words";
import type { Json, JsonObject } from "../json";

/**
 * What every dialect is translated to, named noun.past-participle. `event.unknown` is an event that no catalogue lists: it is kept, shown
 * and counted, never rejected.
 */
export const canonicalTypes = [
  // run lifecycle
  "run.started",
  "run.completed",
  "run.failed",
  "run.cancelled",
  "run.expired",
  "run.pausing",
  "run.paused",
  "run.resumed",
  "run.cancelling",
  "run.updated",
  "stream.ended",
  // agents and teams
  "agent.started",
  "agent.thought",
  "agent.completed",
  "agent.failed",
  "role.assigned",
  "team.recruited",
  "team.updated",
  "team.retired",
  "task.assigned",
  "task.completed",
  "dependency.satisfied",
  "delegation.started",
  "delegation.completed",
  "message.sent",
  "message.received",
  // work
  "step.started",
  "step.completed",
  "step.failed",
  "tool.called",
  "tool.returned",
  "tool.failed",
  "model.prompted",
  "model.streamed",
  "model.completed",
  "hook.completed",
  // text for people
  "text.streamed",
  "text.completed",
  "artifact.created",
  "workspace.updated",
  "plan.updated",
  "log.written",
  "progress.reported",
  "wait.reported",
  // approvals, money, errors
  "approval.requested",
  "approval.decided",
  "budget.crossed",
  "error.occurred",
  "error.recovered",
  // the source's own lifecycle, outside any run
  "resource.changed",
  "webhook.sent",
  "webhook.failed",
  "user.acted",
  "billing.recorded",
  "heartbeat.received",
  "event.unknown",
] as const;
export type CanonicalType = (typeof canonicalTypes)[number];

/** Where usage was measured. A run's total and the sum of its calls are separate figures and are never added. */
export const usageScopes = ["call", "agent", "run"] as const;
export type UsageScope = (typeof usageScopes)[number];

/**
 * Tokens and cost of one event. Every count is a non-negative safe integer; an absent field was not reported. `input` is what the sender
 * calls input; `rule` says whether it includes the cached classes.
 */
export type Usage = {
  readonly scope: UsageScope;
  readonly model?: string;
  readonly provider?: string;
  readonly input?: number;
  readonly output?: number;
  readonly cachedRead?: number;
  readonly cachedWrite?: number;
  /** The part of `cachedWrite` cached for an hour, for which some vendors charge more. */
  readonly cachedWrite1h?: number;
  readonly reasoning?: number;
  /** As reported; absent otherwise, never computed by an adapter. */
  readonly total?: number;
  readonly rule?: "cached-in-input" | "cached-beside-input";
  /** Reported by the sender, in nano-dollars. */
  readonly costNanos?: number;
};

export type EventError = {
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly recoverable?: boolean;
};

/** Exact texts of what `JSON.parse` would change: big numbers, -0, 1.0, repeated keys. An absent part is already exact. */
export type ExactTexts = {
  readonly arguments?: string;
  readonly answer?: string;
  readonly editedArguments?: string;
  /** Paths of keys that the sender repeated, at most 20. */
  readonly repeatedKeys?: readonly string[];
};

export type Approval = {
  /** The sender's id; absent if it gave none. */
  readonly id?: string;
  readonly kind?: ApprovalKind;
  readonly tool?: string;
  readonly arguments?: Json;
  readonly question?: string;
  readonly channel?: string;
  readonly risk?: string;
  readonly timeoutMs?: number;
  /** Answers to choose from. */
  readonly choices?: readonly string[];
  /** JSON schema of a form or of the edited arguments. */
  readonly schema?: JsonObject;
  /** What a person may do; absent = whatever fits the kind. */
  readonly allowed?: readonly ApprovalAction[];
  /** Only on `approval.decided`. */
  readonly decision?: "approved" | "denied" | "timeout" | "answered";
  readonly decidedBy?: string;
  readonly comment?: string;
  readonly answer?: Json;
  /** The arguments to use instead of those in the request. */
  readonly editedArguments?: Json;
  /** Watchfloor's id of the request: on its own decisions, and on a request in a notification. */
  readonly requestId?: string;
  /** Seq of the request it decides; on Watchfloor's own decisions. */
  readonly requestSeq?: number;
  /** SHA-256 of what was decided or, on a request in a notification, of what is to be decided. */
  readonly actionHash?: string;
  readonly exact?: ExactTexts;
};

/** run.pausing, run.paused, run.resumed, run.cancelling, run.cancelled: what Watchfloor requested, or what an agent reported as done. */
export type Control = {
  /** Watchfloor's id of the request. */
  readonly id?: string;
  readonly action?: ControlAction;
  readonly by?: string;
  readonly reason?: string;
};

export type TeamMember = {
  readonly agent: string;
  readonly role?: string;
  readonly capabilities?: readonly string[];
};

/**
 * One event in our own vocabulary: a pure function of what the sender sent. Computed on read, never stored, so a better adapter also fixes
 * old runs. A field that the sender did not fill is absent, never null, never guessed.
 */
export type CanonicalEvent = {
  /** One of the types above. */
  readonly type: CanonicalType;
  /** Time by the sender's clock, epoch milliseconds. A time without a zone is read as UTC. */
  readonly occurredAtMs?: number;
  /** The sender's own gap-free sequence, if it has one (Shannon `seq`, Powabase `seq`). */
  readonly sourceSeq?: number;
  /** Id of the acting agent within the run. */
  readonly agent?: string;
  /** Parent of `agent`, if the sender declares one. */
  readonly parentAgent?: string;
  /** Role of `agent`. */
  readonly role?: string;
  /** Pairs a start with its end (Powabase: call_id, child_execution_id, block_id or step number). */
  readonly callId?: string;
  /** Tool, step, block, model, task or artifact name. */
  readonly name?: string;
  /** Duration as measured by the sender. */
  readonly durationMs?: number;
  /** One line for people. */
  readonly summary?: string;
  /** Text: a delta, a message, a thought, a final answer or a log line. */
  readonly text?: string;
  /** text.completed: a piece that continues the directly preceding `text.completed`, if that is a piece too; otherwise the whole text. */
  readonly joins?: true;
  /** Input of a step, tool or model. */
  readonly input?: Json;
  /** Its output. */
  readonly output?: Json;
  /** Tokens and cost. */
  readonly usage?: Usage;
  /** model.prompted: the call's output token limit. */
  readonly maxTokens?: number;
  /** *.failed, error.*: what went wrong. */
  readonly error?: EventError;
  /** log.written: severity. */
  readonly level?: "debug" | "info" | "warn" | "error";
  /** run.started and run.updated: what the run is about. */
  readonly run?: {
    readonly name?: string;
    readonly query?: string;
    readonly sessionId?: string;
    readonly mode?: string;
    readonly framework?: string;
  };
  /** approval.*: the request, and the decision. */
  readonly approval?: Approval;
  /** What Watchfloor requested of the run, or what an agent reported as done. */
  readonly control?: Control;
  /** team.*: members. */
  readonly team?: { readonly members?: readonly TeamMember[]; readonly size?: number };
  /** message.*, delegation.*, task.*: who sends or delegates to whom. tool.called: the agent that the tool delegates to. */
  readonly edge?: { readonly from?: string; readonly to?: string; readonly kind?: string };
  /** progress.reported: how far the work has got. */
  readonly progress?: { readonly percent?: number; readonly step?: number; readonly steps?: number };
  /** budget.crossed: which budget, and how much of it is used. */
  readonly budget?: {
    readonly usedPercent?: number;
    readonly thresholdPercent?: number;
    readonly tokensUsed?: number;
    readonly tokensBudget?: number;
    readonly level?: string;
    readonly scope?: string;
  };
  /** artifact.created: its size and type. */
  readonly artifact?: { readonly bytes?: number; readonly contentType?: string };
  /** Everything else the sender sent; shown in the inspector. */
  readonly extra?: JsonObject;
};
