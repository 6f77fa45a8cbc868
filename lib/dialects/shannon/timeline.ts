import { z } from "zod";
import type { CanonicalType } from "../../core/events/canonical";
import { isEphemeral, type LoggedEvent } from "../../core/events/logged";
import { clip } from "../../core/run/clip";
import { defined, isoOf } from "../shared";
import { storedTypeOf } from "./stored-type-of";

export const timelineModes = ["summary", "full"] as const;

/** One entry of `GET /api/v1/tasks/{id}/timeline`. */
export const ShannonTimelineEvent = z.object({
  workflow_id: z.string(),
  type: z.string().describe("WF_*, ACT_*, CHILD_*, SIG_* or TIMER_*; EVENT for anything else"),
  agent_id: z.string().optional(),
  message: z.string(),
  timestamp: z.string().describe("RFC 3339, UTC"),
  seq: z.int(),
});
export type ShannonTimelineEvent = z.infer<typeof ShannonTimelineEvent>;

type Asked = {
  readonly runId: string;
  readonly mode: (typeof timelineModes)[number];
  /** Includes failures in full. */
  readonly withPayloads: boolean;
};

type Entry = { readonly type: string; readonly message: string; readonly isDetail?: true };

const failureLimit = 200;

/**
 * An event as an entry of the gateway's timeline, which is its engine's history: workflow, activities, children, signals, timers. Null for
 * what the mode omits, and for what is kept for less time than the run: a timeline stays the same for the run's lifetime.
 */
export function shannonTimelineEvent(event: LoggedEvent, { runId, mode, withPayloads }: Asked): ShannonTimelineEvent | null {
  if (isEphemeral(event.type)) return null;
  const entry = entryOf(event, withPayloads ? Number.POSITIVE_INFINITY : failureLimit);
  if (entry === null || (entry.isDetail && mode === "summary")) return null;
  return defined<ShannonTimelineEvent>({
    workflow_id: runId,
    type: entry.type,
    agent_id: event.agent,
    message: entry.message,
    timestamp: isoOf(event.occurredAtMs ?? event.receivedAtMs),
    seq: event.seq,
  });
}

function entryOf(event: LoggedEvent, limit: number): Entry | null {
  return workflowEntry(event, limit) ?? workEntry(event, limit) ?? signalEntry(event) ?? otherEntry(event);
}

const workflowWords: { readonly [type in CanonicalType]?: Entry } = {
  "run.started": { type: "WF_STARTED", message: "Workflow started" },
  "run.completed": { type: "WF_COMPLETED", message: "Workflow completed" },
  "run.failed": { type: "WF_FAILED", message: "Workflow failed" },
  "run.expired": { type: "WF_TIMEOUT", message: "Workflow timed out" },
  "run.cancelled": { type: "WF_CANCELLED", message: "Workflow cancelled" },
};

function workflowEntry(event: LoggedEvent, limit: number): Entry | null {
  const entry = workflowWords[event.type];
  if (entry === undefined) return null;
  return event.type === "run.failed" ? { ...entry, message: entry.message + failureOf(event, limit) } : entry;
}

const startsWork: ReadonlySet<CanonicalType> = new Set(["agent.started", "step.started", "tool.called", "model.prompted"]);
const endsWork: ReadonlySet<CanonicalType> = new Set([
  ...(["agent.completed", "step.completed", "tool.returned", "model.completed"] as const),
  ...(["agent.failed", "step.failed", "tool.failed"] as const),
]);

/** Its engine runs pieces of work as activities, and delegations as child workflows. */
function workEntry(event: LoggedEvent, limit: number): Entry | null {
  const hasFailed = event.type.endsWith(".failed") || event.error !== undefined;
  const end = hasFailed ? `failed${tookOf(event)}${failureOf(event, limit)}` : `completed${tookOf(event)}`;
  const word = hasFailed ? "FAILED" : "COMPLETED";
  if (startsWork.has(event.type)) return { type: "ACT_STARTED", message: `Activity ${nameOf(event)} started`, isDetail: true };
  if (endsWork.has(event.type)) return { type: `ACT_${word}`, message: `Activity ${nameOf(event)} ${end}` };
  if (event.type === "delegation.started") return { type: "CHILD_STARTED", message: `Child ${nameOf(event)} started` };
  if (event.type === "delegation.completed") return { type: `CHILD_${word}`, message: `Child ${nameOf(event)} ${end}` };
  return null;
}

const signals: { readonly [type in CanonicalType]?: string } = {
  "run.pausing": "pause",
  "run.resumed": "resume",
  "run.cancelling": "cancel",
};

/** A request made through Watchfloor has been sent, not yet received: the workflow reports that itself. */
function signalEntry(event: LoggedEvent): Entry | null {
  if (event.origin === "watchfloor") return null;
  if (event.type === "approval.decided") {
    const name = event.approval?.id === undefined ? "human-approval" : `human-approval-${event.approval.id}`;
    if (event.approval?.decision === "timeout") return { type: "TIMER_FIRED", message: `Timer ${name} fired` };
    return { type: "SIG_RECEIVED", message: `Signal received: ${name}` };
  }
  const name = signals[event.type];
  return name === undefined ? null : { type: "SIG_RECEIVED", message: `Signal received: ${name}` };
}

function otherEntry(event: LoggedEvent): Entry | null {
  const type = storedTypeOf(event);
  return type === null ? null : { type: "EVENT", message: type, isDetail: true };
}

function nameOf({ type, name, agent, edge, callId }: LoggedEvent): string {
  const doer = type.startsWith("delegation.") ? edge?.to : type.startsWith("agent.") ? agent : undefined;
  const named = doer ?? name ?? agent ?? "?";
  return callId === undefined ? named : `${named}(id=${callId})`;
}

function tookOf({ durationMs }: LoggedEvent): string {
  if (durationMs === undefined) return "";
  return durationMs < 1_000 ? ` in ${durationMs}ms` : ` in ${durationMs / 1_000}s`;
}

function failureOf({ error }: LoggedEvent, limit: number): string {
  if (error === undefined) return "";
  return error.message.length > limit ? `: ${clip(error.message, limit)}…` : `: ${error.message}`;
}
