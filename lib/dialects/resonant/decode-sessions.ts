import type { CanonicalEvent, Usage } from "../../core/events/canonical";
import type { Json, JsonObject } from "../../core/json";
import { clip, defined, definedOrNone, own, parseJson, preview, readCount, readId, readNumber, readString } from "../shared";
import { outcomeOf } from "../shared/outcome-of";
import { readDuration } from "../shared/read-duration";
import { errorKeys, readError } from "../shared/read-error";
import type { Rule } from "../shared/rule";

const outputKeys = ["result", "output", "content"];
const errorTextKeys = ["error_message", "error"];
/** If the event is known to be a failure, its message describes it. */
const failureKeys = [...errorTextKeys, "message"];
const stepKeys = ["step_number", "step"];

function total(fields: JsonObject): Usage | undefined {
  const tokens = readCount(fields, "tokens_used", "total_tokens");
  return tokens === undefined ? undefined : { scope: "run", total: tokens };
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

const started: Rule = {
  keys: ["session_id", "agent_id", "goal"],
  read: (fields) => {
    const goal = readString(fields, "goal");
    return defined<CanonicalEvent>({
      type: "run.started",
      agent: readString(fields, "agent_id"),
      summary: clip(goal),
      run: definedOrNone({ name: clip(goal), query: goal, sessionId: readId(fields, "session_id") }),
    });
  },
};

/** `fallback` is the outcome that the event's name implies; a status that says otherwise takes precedence. */
function ended(fallback: "completed" | "failed" | "cancelled" | "expired", words?: string): Rule {
  const told = words === undefined ? errorTextKeys : failureKeys;
  return {
    keys: ["session_id", "execution_id", "agent_id", "duration_ms", "tokens_used", "total_tokens", ...outputKeys, ...told, ...errorKeys],
    read: (fields) => {
      const output = own(fields, ...outputKeys);
      const silent = words === undefined ? undefined : defined({ message: words, code: readId(fields, "error_code") });
      const error = readError(fields, ...told) ?? silent;
      const outcome = fallback === "completed" ? (outcomeOf(readString(fields, "status")) ?? fallback) : fallback;
      return defined<CanonicalEvent>({
        type: `run.${outcome}`,
        agent: readString(fields, "agent_id"),
        durationMs: readDuration(fields, "duration_ms"),
        usage: total(fields),
        output,
        text: textOf(output),
        summary: clip(error?.message) ?? preview(output),
        error,
      });
    },
  };
}

/** A step that used a tool is reported once, at its end. */
function readStep(fields: JsonObject): CanonicalEvent {
  const tool = readString(fields, "tool", "tool_name");
  const isTool = readString(fields, "step_type") === "tool_call" || tool !== undefined;
  const failed = outcomeOf(readString(fields, "status")) === "failed";
  const error = readError(fields, ...errorTextKeys) ?? (failed ? { message: "The step failed without a message." } : undefined);
  const output = own(fields, ...outputKeys);
  const message = readString(fields, "message");
  const ok = isTool ? "tool.returned" : "step.completed";
  return defined<CanonicalEvent>({
    type: error === undefined ? ok : isTool ? "tool.failed" : "step.failed",
    agent: readString(fields, "agent_id"),
    callId: readId(fields, ...stepKeys),
    name: tool ?? readString(fields, "step_type"),
    durationMs: readDuration(fields, "duration_ms"),
    output,
    summary: clip(error?.message) ?? preview(output) ?? clip(message),
    error,
    progress: definedOrNone({ step: readCount(fields, ...stepKeys) }),
  });
}

const step: Rule = {
  keys: [
    "session_id",
    "agent_id",
    "tool",
    "tool_name",
    "message",
    "duration_ms",
    ...stepKeys,
    ...outputKeys,
    ...errorTextKeys,
    ...errorKeys,
  ],
  read: readStep,
};

const progress: Rule = {
  keys: ["session_id", "execution_id", "agent_id", "percentage", "percent", "progress", "message", "total_steps", ...stepKeys],
  read: (fields) => {
    const percent = readNumber(fields, "percentage", "percent", "progress");
    const message = readString(fields, "message");
    return defined<CanonicalEvent>({
      type: "progress.reported",
      agent: readString(fields, "agent_id"),
      summary: clip(message) ?? (percent === undefined ? undefined : `${percent} %`),
      progress: definedOrNone({ percent, step: readCount(fields, ...stepKeys), steps: readCount(fields, "total_steps") }),
    });
  },
};

const toolKeys = ["tool", "tool_name", "name"];
const inputKeys = ["arguments", "input", "args", "parameters"];
const callKeys = ["call_id", "tool_call_id"];

const toolCall: Rule = {
  keys: ["session_id", "agent_id", ...toolKeys, ...inputKeys, ...callKeys],
  read: (fields) => {
    const value = own(fields, ...inputKeys);
    const input = typeof value === "string" ? (parseJson(value) ?? value) : value;
    return defined<CanonicalEvent>({
      type: "tool.called",
      agent: readString(fields, "agent_id"),
      name: readString(fields, ...toolKeys),
      callId: readId(fields, ...callKeys),
      input,
      summary: preview(input),
    });
  },
};

const toolResult: Rule = {
  keys: ["session_id", "agent_id", "duration_ms", "error", ...toolKeys, ...callKeys, ...outputKeys, ...errorKeys],
  read: (fields) => {
    const output = own(fields, ...outputKeys);
    const error = readError(fields, "error");
    return defined<CanonicalEvent>({
      type: error === undefined ? "tool.returned" : "tool.failed",
      agent: readString(fields, "agent_id"),
      name: readString(fields, ...toolKeys),
      callId: readId(fields, ...callKeys),
      durationMs: readDuration(fields, "duration_ms"),
      output,
      summary: clip(error?.message) ?? preview(output),
      error,
    });
  },
};

const stepStart: Rule = {
  keys: ["session_id", "agent_id", "name", ...stepKeys],
  read: (fields) =>
    defined<CanonicalEvent>({
      type: "step.started",
      agent: readString(fields, "agent_id"),
      callId: readId(fields, ...stepKeys),
      name: readString(fields, "name", "step_type"),
      progress: definedOrNone({ step: readCount(fields, ...stepKeys) }),
    }),
};

function words(type: "text.completed" | "agent.thought"): Rule {
  return {
    keys: ["session_id", "agent_id", "content", "text", "message", "output", "thought"],
    read: (fields) => {
      const value = own(fields, "content", "text", "message", "output", "thought");
      return defined<CanonicalEvent>({
        type,
        agent: readString(fields, "agent_id"),
        text: textOf(value),
        output: typeof value === "string" ? undefined : value,
      });
    },
  };
}

/** In a session's stream `done` ends the run; an error ends it only if it says so. */
function readStreamError(fields: JsonObject): CanonicalEvent {
  const error = readError(fields, ...failureKeys) ?? { message: "The session reported an error." };
  const ends = error.recoverable === false || outcomeOf(readString(fields, "status")) === "failed";
  return defined<CanonicalEvent>({
    type: ends ? "run.failed" : "error.occurred",
    agent: readString(fields, "agent_id"),
    error,
    summary: clip(error.message),
  });
}

const streamError: Rule = { keys: ["session_id", "agent_id", ...failureKeys, ...errorKeys], read: readStreamError };

/** Sessions, executions, and the frames of a session's own stream. */
export const sessionRules: readonly (readonly [string, Rule])[] = [
  ["session.started", started],
  ["session.step.completed", step],
  ["session.completed", ended("completed")],
  ["session.failed", ended("failed", "The session failed without a message.")],
  ["session.timeout", ended("expired", "The session timed out.")],
  ["session.cancelled", ended("cancelled")],
  ["execution.started", started],
  ["execution.progress", progress],
  ["execution.completed", ended("completed")],
  ["execution.failed", ended("failed", "The execution failed without a message.")],
  ["session_start", started],
  ["step_start", stepStart],
  ["thinking", words("agent.thought")],
  ["message", words("text.completed")],
  ["tool_call", toolCall],
  ["tool_result", toolResult],
  ["step", step],
  ["step_complete", step],
  ["output", words("text.completed")],
  ["error", streamError],
  ["done", ended("completed")],
];
