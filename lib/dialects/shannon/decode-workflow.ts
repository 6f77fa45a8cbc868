import type { CanonicalType } from "../../core/events/canonical";
import { clip, definedOrNone, own, readBoolean, readId, readObject, readString } from "../shared";
import { type Outcome, outcomeOf } from "../shared/outcome-of";
import { ownKey } from "../shared/own-approval";
import { readOwnControl } from "../shared/own-control";
import { readDuration } from "../shared/read-duration";
import { errorKeys, errorOf } from "./error-of";
import type { Reading, ShannonRule, ShannonRules } from "./rule";
import type { ShannonEvent } from "./shannon-event";
import { usageKeys, usageOf } from "./usage-of";

const ends: Record<Outcome, CanonicalType> = {
  completed: "run.completed",
  failed: "run.failed",
  cancelled: "run.cancelled",
  expired: "run.expired",
};

const started: ShannonRule = {
  keys: ["query", "mode", "session_id"],
  read: ({ fields }) => {
    const query = readString(fields, "query");
    return {
      run: definedOrNone({ name: clip(query), query, sessionId: readId(fields, "session_id"), mode: readString(fields, "mode") }),
    };
  },
};

function outcomeIn(event: ShannonEvent): Outcome | undefined {
  const named = outcomeOf(readString(event.fields, "status")?.replace(/^TASK_STATUS_/i, ""));
  return named ?? (readBoolean(event.fields, "success") === false ? "failed" : undefined);
}

/** A run of one named agent says in the payload which agent it was. `execution_time` has no stated unit and stays in `extra`. */
function readEnd(event: ShannonEvent, fallback: Outcome): Reading {
  const { fields } = event;
  const outcome = outcomeIn(event) ?? fallback;
  const result = own(fields, "result");
  return {
    type: ends[outcome],
    agent: event.agent ?? readId(fields, "agent_id"),
    durationMs: readDuration(fields, "duration_ms"),
    output: result,
    text: typeof result === "string" && result !== "" ? result : undefined,
    usage: usageOf(fields, "run"),
    error: outcome === "failed" || outcome === "expired" ? errorOf(event) : undefined,
  };
}

const endKeys = ["agent_id", "duration_ms", "result", "status", "success", ...usageKeys, ...errorKeys];

/** Clients use this type for the whole task; if it names a subtask, it is only that one. */
function readTaskCompleted(event: ShannonEvent): Reading {
  const subtask = readId(event.fields, "subtask_id");
  if (subtask === undefined) return readEnd(event, "completed");
  const { type: _end, usage: _usage, ...reading } = readEnd(event, "completed");
  return { ...reading, type: "task.completed", name: subtask, usage: usageOf(event.fields, "agent") };
}

const plain: ShannonRule = { keys: [], read: () => ({}) };
/** Requested or done; the reason if there is one, and what our own requests carry. */
const control: ShannonRule = {
  keys: ["reason", ownKey],
  read: ({ fields }) => ({ text: readString(fields, "reason"), ...readOwnControl(fields) }),
};

/** A status word and, sometimes, a sentence or an object about it. */
const status: ShannonRule = {
  keys: ["status", "details"],
  read: ({ fields }) => ({
    name: readString(fields, "status"),
    text: readString(fields, "details"),
    output: readObject(fields, "details"),
  }),
};

/** The run's lifecycle and its control. */
export const workflowRules: ShannonRules = [
  ["WORKFLOW_STARTED", started],
  ["WORKFLOW_COMPLETED", { keys: endKeys, read: (event) => readEnd(event, "completed") }],
  ["WORKFLOW_FAILED", { keys: endKeys, read: (event) => readEnd(event, "failed") }],
  ["TASK_COMPLETED", { keys: ["subtask_id", ...endKeys], read: readTaskCompleted }],
  ["WORKFLOW_PAUSING", control],
  ["WORKFLOW_PAUSED", control],
  ["WORKFLOW_RESUMED", control],
  ["WORKFLOW_CANCELLING", control],
  ["WORKFLOW_CANCELLED", control],
  ["STATUS_UPDATE", status],
  ["STREAM_END", plain],
  ["HEARTBEAT", plain],
  ["PING", plain],
];
