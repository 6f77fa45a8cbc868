import type { CanonicalEvent } from "../../core/events/canonical";
import type { JsonObject } from "../../core/json";
import { clip, defined, definedOrNone, preview, readCount, readId, readList, readObject, readString } from "../shared";
import { outcomeOf } from "../shared/outcome-of";
import { errorKeys, readError } from "../shared/read-error";
import type { Rule } from "../shared/rule";
import { usageOf } from "./usage-of";

const stepKeys = ["step", "step_number"];

/** A step's number, under the engine's key or the guide's. */
function step(fields: JsonObject): CanonicalEvent["progress"] {
  return definedOrNone({ step: readCount(fields, ...stepKeys) });
}

function stepName(fields: JsonObject): string | undefined {
  const number = readId(fields, ...stepKeys);
  return number === undefined ? undefined : `Step ${number}`;
}

/** What models call a normal end; repeated on each step it would be noise. */
const ordinaryEndings: ReadonlySet<string> = new Set(["stop", "tool_calls", "end_turn", "tool_use"]);

function endingOf(fields: JsonObject): string | undefined {
  const reason = readString(fields, "finish_reason");
  return reason === undefined || ordinaryEndings.has(reason) ? undefined : clip(reason);
}

function readComplete(fields: JsonObject): CanonicalEvent {
  const error = readError(fields, "error");
  const outcome = outcomeOf(readString(fields, "status")) ?? (error === undefined ? "completed" : "failed");
  const content = readString(fields, "content") ?? readObject(fields, "content") ?? readList(fields, "content");
  return defined<CanonicalEvent>({
    type: `run.${outcome}`,
    text: readString(fields, "content"),
    output: content,
    summary: preview(content) ?? clip(error?.message),
    usage: usageOf(readObject(fields, "usage"), "run"),
    error,
    run: definedOrNone({ sessionId: readId(fields, "session_id") }),
  });
}

function readFailure(fields: JsonObject): CanonicalEvent {
  const error = readError(fields, "error", "message") ?? { message: "The run failed without a message." };
  return { type: "run.failed", error, summary: clip(error.message) };
}

function note(level: "info" | "warn", words: (fields: JsonObject) => string): Rule {
  return {
    keys: ["reason", "message", ...stepKeys],
    read: (fields) => {
      const reason = readString(fields, "reason", "message");
      const text = reason === undefined ? words(fields) : `${words(fields)}: ${reason}`;
      return defined<CanonicalEvent>({ type: "log.written", level, text, summary: clip(text), progress: step(fields) });
    },
  };
}

function text(type: "text.streamed" | "agent.thought", key: string): Rule {
  return {
    keys: [key, ...stepKeys],
    read: (fields) => defined<CanonicalEvent>({ type, text: readString(fields, key), progress: step(fields) }),
  };
}

function between(fields: JsonObject, from: string, to: string): string {
  return `from ${readId(fields, from) ?? "?"} to ${readId(fields, to) ?? "?"}`;
}

const lifecycle: readonly (readonly [string, Rule])[] = [
  [
    "start",
    {
      keys: ["session_id", "message", "query"],
      read: (fields) => {
        const query = readString(fields, "message", "query");
        return defined<CanonicalEvent>({
          type: "run.started",
          run: definedOrNone({ name: clip(query), query, sessionId: readId(fields, "session_id") }),
        });
      },
    },
  ],
  ["complete", { keys: ["content", "usage", "error", "session_id", ...errorKeys], read: readComplete }],
  ["error", { keys: ["error", "message", ...errorKeys], read: readFailure }],
  [
    // Comes before `complete`, which has the answer and the usage: it must not end the run.
    "on_run_complete",
    { keys: [], read: (fields) => defined<CanonicalEvent>({ type: "run.updated", summary: clip(readString(fields, "status")) }) },
  ],
];

const steps: readonly (readonly [string, Rule])[] = [
  [
    "step_started",
    {
      keys: stepKeys,
      read: (fields) =>
        defined<CanonicalEvent>({
          type: "step.started",
          callId: readId(fields, ...stepKeys),
          name: stepName(fields),
          progress: step(fields),
        }),
    },
  ],
  [
    "step_completed",
    {
      keys: stepKeys,
      read: (fields) =>
        defined<CanonicalEvent>({
          type: "step.completed",
          callId: readId(fields, ...stepKeys),
          name: stepName(fields),
          summary: endingOf(fields),
        }),
    },
  ],
  ["step_reset", note("warn", (fields) => `${stepName(fields) ?? "The step"} was reset`)],
  [
    "output_recovery",
    {
      keys: ["step", "attempt"],
      read: (fields) => {
        const attempt = readId(fields, "attempt");
        const summary = attempt === undefined ? "Output recovered" : `Output recovery, attempt ${attempt}`;
        return defined<CanonicalEvent>({ type: "error.recovered", summary, progress: step(fields) });
      },
    },
  ],
];

const words: readonly (readonly [string, Rule])[] = [
  ["content_delta", text("text.streamed", "delta")],
  [
    // A piece according to the documentation; the engine sends just one, with the whole text, after its deltas.
    "chunk",
    {
      keys: ["content", ...stepKeys],
      read: (fields) =>
        defined<CanonicalEvent>({ type: "text.completed", text: readString(fields, "content"), joins: true, progress: step(fields) }),
    },
  ],
  ["reasoning_delta", text("agent.thought", "delta")],
  ["reasoning", text("agent.thought", "content")],
  ["reasoning_summary", text("agent.thought", "summary")],
  ["model_fallback", note("warn", (fields) => `Model fallback ${between(fields, "from", "to")}`)],
  [
    "reasoning_dropped_at_provider_switch",
    note("warn", (fields) => `Reasoning dropped at the switch ${between(fields, "from_provider", "to_provider")}`),
  ],
  ["proactive_compact", note("info", () => "Context compacted ahead of the limit")],
  ["reactive_compact", note("info", () => "Context compacted at the limit")],
  ["reactive_truncate", note("warn", () => "Context truncated at the limit")],
  ["compaction", note("info", () => "Context compacted")],
  ["context_handler_created", note("info", () => "Context handler created")],
];

/** Lifecycle, steps and text of an agent run; its tools and approvals are in decode-tools. */
export const agentRules = [...lifecycle, ...steps, ...words];
