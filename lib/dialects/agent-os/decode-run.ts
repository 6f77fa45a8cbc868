import type { CanonicalEvent } from "../../core/events/canonical";
import type { Json, JsonObject } from "../../core/json";
import { clip, defined, definedOrNone, own, preview, readId, readString } from "../shared";
import { readDuration } from "../shared/read-duration";
import { errorKeys, readError } from "../shared/read-error";
import type { Rule } from "../shared/rule";
import { usageKeys, usageOf } from "./usage-of";

/** The single sentence in a graph's input or output: the value itself, or the field that the documentation's examples use. */
function sentenceIn(value: Json | undefined, ...keys: readonly string[]): string | undefined {
  return typeof value === "string" && value !== "" ? value : readString(value, ...keys);
}

const started: Rule = {
  keys: ["framework", "input", "session_id"],
  read: (fields) => {
    const input = own(fields, "input");
    const query = sentenceIn(input, "query", "question");
    return defined<CanonicalEvent>({
      type: "run.started",
      input,
      run: definedOrNone({
        name: clip(query),
        query,
        sessionId: readId(fields, "session_id"),
        framework: readString(fields, "framework"),
      }),
      summary: preview(input),
    });
  },
};

const ended: Rule = {
  keys: ["output", "duration_ms", ...usageKeys],
  read: (fields) => {
    const output = own(fields, "output");
    return defined<CanonicalEvent>({
      type: "run.completed",
      output,
      text: sentenceIn(output, "answer"),
      durationMs: readDuration(fields, "duration_ms"),
      usage: usageOf(fields),
      summary: preview(output),
    });
  },
};

function readFailure(fields: JsonObject): CanonicalEvent {
  const error = readError(fields, "error_message", "error", "message", "error_type") ?? { message: "The run failed without a message." };
  return defined<CanonicalEvent>({
    type: "run.failed",
    durationMs: readDuration(fields, "duration_ms"),
    usage: usageOf(fields),
    error,
    summary: clip(error.message),
  });
}

/** A run's start and its two ends. */
export const runRules: readonly (readonly [string, Rule])[] = [
  ["run_start", started],
  ["run_end", ended],
  ["error", { keys: ["error_message", "error", "message", "duration_ms", ...usageKeys, ...errorKeys], read: readFailure }],
];
