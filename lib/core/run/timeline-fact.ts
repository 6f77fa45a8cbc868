import { inferred } from "../approvals/inferred";
import type { LoggedEvent } from "../events/logged";
import { countOf, usageTokens } from "../usage/sum";
import { clip } from "./clip";
import { isInstant, usableDurationMs } from "./moment";
import { lineLimit } from "./timeline-spans";
import type { TimelineFact } from "./timeline-state";
import { isAgentWork } from "./work";

/** Types that create or change spans whether or not an agent is named. */
const structural: ReadonlySet<string> = new Set<LoggedEvent["type"]>([
  "run.started",
  "run.resumed",
  "run.completed",
  "run.failed",
  "run.cancelled",
  "run.expired",
  "step.started",
  "step.completed",
  "step.failed",
  "tool.called",
  "tool.returned",
  "tool.failed",
  "model.prompted",
  "model.streamed",
  "model.completed",
  "delegation.started",
  "delegation.completed",
  "task.assigned",
  "task.completed",
  "approval.requested",
  "approval.decided",
  "error.occurred",
]);

/** Whether an event matters to the timeline. */
export function concernsTimeline(event: LoggedEvent): boolean {
  // A resume request does not reopen a run that has ended.
  if (event.type === "run.resumed" && event.origin === "watchfloor") return false;
  return (
    structural.has(event.type) ||
    (event.type === "hook.completed" && event.approval?.decision !== undefined) ||
    (event.agent !== undefined && isAgentWork(event.type))
  );
}

/** Whether the numbers that order and place an event can be kept as they are. */
function hasPlainNumbers(event: TimelineFact): boolean {
  if (!isInstant(event.receivedAtMs)) return false;
  if (event.occurredAtMs !== undefined && !isInstant(event.occurredAtMs)) return false;
  return event.sourceSeq === undefined || Number.isSafeInteger(event.sourceSeq);
}

const isOutcome = (event: LoggedEvent): boolean =>
  event.type === "tool.returned" || event.type === "tool.failed" || event.type === "hook.completed";

/** The event itself if it can be applied directly, which saves a copy; what is kept is always its `toFact`. */
export function factOf(event: LoggedEvent): TimelineFact {
  const told = isOutcome(event) ? (inferred(event) ?? event) : event;
  return hasPlainNumbers(told) ? told : toFact(told);
}

type Bare<T> = { -readonly [K in keyof T]: T[K] };

function bareUsage(usage: NonNullable<TimelineFact["usage"]>): NonNullable<TimelineFact["usage"]> {
  const bare: Bare<NonNullable<TimelineFact["usage"]>> = { scope: usage.scope };
  const tokens = usageTokens(usage);
  const cost = countOf(usage.costNanos);
  if (usage.model !== undefined) bare.model = usage.model;
  if (tokens !== null) bare.total = tokens;
  if (cost !== undefined) bare.costNanos = cost;
  return bare;
}

function bareApproval(approval: NonNullable<TimelineFact["approval"]>): NonNullable<TimelineFact["approval"]> {
  const { id, tool, question, decision, requestSeq } = approval;
  return {
    ...(id === undefined ? {} : { id }),
    ...(tool === undefined ? {} : { tool }),
    ...(question === undefined ? {} : { question: clip(question, lineLimit) }),
    ...(decision === undefined ? {} : { decision }),
    ...(requestSeq !== undefined && Number.isSafeInteger(requestSeq) ? { requestSeq } : {}),
  };
}

function bareEdge({ from, to }: NonNullable<TimelineFact["edge"]>): NonNullable<TimelineFact["edge"]> {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function bareError(error: NonNullable<TimelineFact["error"]>): NonNullable<TimelineFact["error"]> {
  return { message: clip(error.message, lineLimit), ...(error.code === undefined ? {} : { code: error.code }) };
}

/**
 * Exactly what the timeline reads of an event, so that the stored window stays small. Written field by field because half of the events of
 * a batch pass through here.
 */
export function toFact(event: TimelineFact): TimelineFact {
  const { receivedAtMs, occurredAtMs, sourceSeq, usage, error, edge, approval } = event;
  const fact: Bare<TimelineFact> = { type: event.type, seq: event.seq, receivedAtMs: isInstant(receivedAtMs) ? receivedAtMs : 0 };
  if (isInstant(occurredAtMs)) fact.occurredAtMs = occurredAtMs;
  if (sourceSeq !== undefined && Number.isSafeInteger(sourceSeq)) fact.sourceSeq = sourceSeq;
  if (event.agent !== undefined) fact.agent = event.agent;
  if (event.parentAgent !== undefined) fact.parentAgent = event.parentAgent;
  if (event.callId !== undefined) fact.callId = event.callId;
  if (event.name !== undefined) fact.name = event.name;
  if (event.durationMs !== undefined && usableDurationMs(event.durationMs) !== null) fact.durationMs = event.durationMs;
  if (event.summary !== undefined) fact.summary = clip(event.summary, lineLimit);
  if (usage !== undefined) fact.usage = bareUsage(usage);
  if (error !== undefined) fact.error = bareError(error);
  if (edge !== undefined) fact.edge = bareEdge(edge);
  if (approval !== undefined) fact.approval = bareApproval(approval);
  return fact;
}
