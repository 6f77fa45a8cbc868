import type { ApprovalAction, ApprovalKind } from "../approvals/words";
import type { ControlAction } from "../control/words";
import type { Json, JsonObject } from "../json";

/**
 * What every dialect is translated to, named noun.past-participle.
 * `event.unknown` is what nobody's catalogue lists: it is kept, shown and counted, never refused.
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
  // what people read
  "text.streamed",
  "text.completed",
  "artifact.created",
  "workspace.updated",
  "plan.updated",
  "log.written",
  "progress.reported",
  "wait.reported",
  // people, money, trouble
  "approval.requested",
  "approval.decided",
  "budget.crossed",
  "error.occurred",
  "error.recovered",
  // the source's own life, outside any run
  "resource.changed",
  "webhook.sent",
  "webhook.failed",
  "user.acted",
  "billing.recorded",
  "heartbeat.received",
  "event.unknown",
] as const;
export type CanonicalType = (typeof canonicalTypes)[number];

/** Where a usage figure was measured. A run's total and the sum of its calls are two figures and are never added. */
export const usageScopes = ["call", "agent", "run"] as const;
export type UsageScope = (typeof usageScopes)[number];

/**
 * Tokens and money of one event. Every count is a non-negative safe integer; an absent field was not reported.
 * `input` is what the sender calls input; `rule` says whether the cached classes are inside it.
 */
export type Usage = {
  readonly scope: UsageScope;
  readonly model?: string;
  readonly provider?: string;
  readonly input?: number;
  readonly output?: number;
  readonly cachedRead?: number;
  readonly cachedWrite?: number;
  /** A part of `cachedWrite`: what is kept for an hour, which some vendors sell dearer. */
  readonly cachedWrite1h?: number;
  readonly reasoning?: number;
  /** As reported, or undefined; never computed by an adapter. */
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

/** Texts of what `JSON.parse` would have changed: big numbers, -0, 1.0, repeated keys. A part that is absent is exact as it is. */
export type ExactTexts = {
  readonly arguments?: string;
  readonly answer?: string;
  readonly editedArguments?: string;
  /** Where a key stands twice in what the sender wrote, as paths, at most 20. */
  readonly repeatedKeys?: readonly string[];
};

export type Approval = {
  /** The sender's id, absent where the sender gives none. */
  readonly id?: string;
  readonly kind?: ApprovalKind;
  readonly tool?: string;
  readonly arguments?: Json;
  readonly question?: string;
  readonly channel?: string;
  readonly risk?: string;
  readonly timeoutMs?: number;
  /** Answers to choose from, and the JSON schema of a form or of edited arguments. */
  readonly choices?: readonly string[];
  readonly schema?: JsonObject;
  /** What a person may do; absent = whatever fits the kind. */
  readonly allowed?: readonly ApprovalAction[];
  /** On `approval.decided` only. */
  readonly decision?: "approved" | "denied" | "timeout" | "answered";
  readonly decidedBy?: string;
  readonly comment?: string;
  readonly answer?: Json;
  /** The arguments to use in place of those that were asked for. */
  readonly editedArguments?: Json;
  /** Our id of the request: on our own decisions, and on a request when somebody is told of it. */
  readonly requestId?: string;
  /** Seq of the request that it decides: how Watchfloor's own decisions say what they are about. */
  readonly requestSeq?: number;
  /** SHA-256 of what was decided about; on a request, when somebody is told of it, of what is to be decided about. */
  readonly actionHash?: string;
  readonly exact?: ExactTexts;
};

/** run.pausing, run.paused, run.resumed, run.cancelling, run.cancelled: what Watchfloor asked, or did for an agent that said so. */
export type Control = {
  /** Our id of the request. */
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
 * One event in our own words: a pure function of what the sender sent. Computed on read, never stored, so a better
 * adapter heals old runs. A field that the sender did not fill is absent, never null, never guessed.
 */
export type CanonicalEvent = {
  /** One of the types above. */
  readonly type: CanonicalType;
  /** The sender's clock, epoch milliseconds UTC. A time without a zone was read as UTC. */
  readonly occurredAtMs?: number;
  /** The sender's own gap-free sequence, where it has one (Shannon `seq`, Powabase `seq`). */
  readonly sourceSeq?: number;
  /** Id of the agent that did it, within the run. */
  readonly agent?: string;
  /** Declared parent of `agent`, where the sender says so. */
  readonly parentAgent?: string;
  /** Role of `agent`. */
  readonly role?: string;
  /** Pairs a start with its end (Powabase call_id, child_execution_id, block_id, step number). */
  readonly callId?: string;
  /** Tool, step, block, model, task or artifact name. */
  readonly name?: string;
  /** As the sender measured it. */
  readonly durationMs?: number;
  /** One line for people. */
  readonly summary?: string;
  /** Words: a delta, a message, a thought, a final answer, a log line. */
  readonly text?: string;
  /** text.completed: a piece of what was said directly before it, where that was one too; by itself the whole. */
  readonly joins?: true;
  /** What a step, tool or model was given. */
  readonly input?: Json;
  /** What it gave back. */
  readonly output?: Json;
  /** Tokens and money. */
  readonly usage?: Usage;
  /** model.prompted: the most tokens that the call may put out. */
  readonly maxTokens?: number;
  /** *.failed, error.*: what went wrong. */
  readonly error?: EventError;
  /** log.written: how grave it is. */
  readonly level?: "debug" | "info" | "warn" | "error";
  /** run.started and run.updated: what the run is about. */
  readonly run?: {
    readonly name?: string;
    readonly query?: string;
    readonly sessionId?: string;
    readonly mode?: string;
    readonly framework?: string;
  };
  /** approval.*: what is asked, and what was decided. */
  readonly approval?: Approval;
  /** What Watchfloor asked of the run, or did for an agent that said so. */
  readonly control?: Control;
  /** team.*: members. */
  readonly team?: { readonly members?: readonly TeamMember[]; readonly size?: number };
  /** message.*, delegation.*, task.*: the edge. tool.called: the agent that the tool hands work to. */
  readonly edge?: { readonly from?: string; readonly to?: string; readonly kind?: string };
  /** progress.reported: how far. */
  readonly progress?: { readonly percent?: number; readonly step?: number; readonly steps?: number };
  /** budget.crossed: how much is used, and of what. */
  readonly budget?: {
    readonly usedPercent?: number;
    readonly thresholdPercent?: number;
    readonly tokensUsed?: number;
    readonly tokensBudget?: number;
    readonly level?: string;
    readonly scope?: string;
  };
  /** artifact.created: what it is beside its name. */
  readonly artifact?: { readonly bytes?: number; readonly contentType?: string };
  /** Whatever else the sender said that no field above holds; shown in the inspector. */
  readonly extra?: JsonObject;
};
