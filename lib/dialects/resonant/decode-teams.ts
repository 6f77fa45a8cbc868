import type { CanonicalEvent } from "../../core/events/canonical";
import type { JsonObject } from "../../core/json";
import { clip, defined, definedOrNone, own, preview, readCount, readId, readString } from "../shared";
import { outcomeOf } from "../shared/outcome-of";
import { readDuration } from "../shared/read-duration";
import { errorKeys, readError } from "../shared/read-error";
import type { Rule } from "../shared/rule";

function readTaskAssigned(fields: JsonObject): CanonicalEvent {
  const from = readString(fields, "assigned_by");
  const to = readString(fields, "assigned_to");
  const description = readString(fields, "task_description");
  return defined<CanonicalEvent>({
    type: "task.assigned",
    agent: from,
    callId: readId(fields, "task_id"),
    name: clip(description, 120),
    text: description,
    summary: clip(description),
    edge: definedOrNone({ from, to, kind: "task" }),
  });
}

function readTaskCompleted(fields: JsonObject): CanonicalEvent {
  const agent = readString(fields, "completed_by");
  const result = own(fields, "result");
  const failed = outcomeOf(readString(fields, "result")) === "failed";
  const error = readError(fields, "error", "error_message") ?? (failed ? { message: "The task failed without a message." } : undefined);
  return defined<CanonicalEvent>({
    type: "task.completed",
    agent,
    callId: readId(fields, "task_id"),
    durationMs: readDuration(fields, "duration_ms"),
    output: result,
    summary: clip(error?.message) ?? preview(result),
    error,
    edge: agent === undefined ? undefined : { from: agent, kind: "task" },
  });
}

function readExecutionCompleted(fields: JsonObject): CanonicalEvent {
  const error = readError(fields, "error", "error_message");
  const outcome = outcomeOf(readString(fields, "status")) ?? (error === undefined ? "completed" : "failed");
  return defined<CanonicalEvent>({
    type: `run.${outcome}`,
    durationMs: readDuration(fields, "duration_ms"),
    output: own(fields, "result"),
    summary: clip(error?.message) ?? preview(own(fields, "result")),
    error,
    team: definedOrNone({ size: readCount(fields, "agents_used") }),
    progress: definedOrNone({ steps: readCount(fields, "total_steps") }),
  });
}

export const teamRules: readonly (readonly [string, Rule])[] = [
  ["team.task.assigned", { keys: ["assigned_by", "assigned_to", "task_id", "task_description"], read: readTaskAssigned }],
  [
    "team.task.completed",
    { keys: ["completed_by", "task_id", "result", "duration_ms", "error", "error_message", ...errorKeys], read: readTaskCompleted },
  ],
  [
    "team.execution.completed",
    {
      keys: ["execution_id", "agents_used", "total_steps", "duration_ms", "result", "error", "error_message", ...errorKeys],
      read: readExecutionCompleted,
    },
  ],
];
