import type { CanonicalEvent } from "../../core/events/canonical";
import type { JsonObject } from "../../core/json";
import { clip, defined, own, preview, readId, readObject, readString } from "../shared";
import { outcomeOf } from "../shared/outcome-of";
import { readDuration } from "../shared/read-duration";
import { errorKeys, readError } from "../shared/read-error";
import type { Rule } from "../shared/rule";

const resultKeys = ["data", "output", "result"];
const pieceKeys = ["chunk", "output", "content", "delta"];

/** A block's display name: its given name, else its kind, else its id. */
function blockName(fields: JsonObject): string | undefined {
  return readString(fields, "block_name", "block_type") ?? readId(fields, "block_id");
}

const blockStart: Rule = {
  keys: ["block_id", "block_name", "input"],
  read: (fields) =>
    defined<CanonicalEvent>({
      type: "step.started",
      callId: readId(fields, "block_id"),
      name: blockName(fields),
      input: own(fields, "input"),
    }),
};

/** A piece of text, or a whole non-text value: the latter is not a delta and is kept as long as the rest of the log. */
const blockOutput: Rule = {
  keys: ["block_id", ...pieceKeys],
  read: (fields) => {
    const piece = own(fields, ...pieceKeys);
    const callId = readId(fields, "block_id");
    if (typeof piece === "string") return defined<CanonicalEvent>({ type: "text.streamed", callId, text: piece });
    return defined<CanonicalEvent>({ type: "log.written", callId, name: blockName(fields), output: piece, summary: preview(piece) });
  },
};

const blockComplete: Rule = {
  keys: ["block_id", "block_name", "duration_ms", ...resultKeys],
  read: (fields) => {
    const output = own(fields, ...resultKeys);
    return defined<CanonicalEvent>({
      type: "step.completed",
      callId: readId(fields, "block_id"),
      name: readString(fields, "block_name"),
      durationMs: readDuration(fields, "duration_ms"),
      output,
      summary: preview(output),
    });
  },
};

function readBlockError(fields: JsonObject): CanonicalEvent {
  const error = readError(readObject(fields, "data") ?? {}, "error", "message") ?? readError(fields, "error", "message");
  return defined<CanonicalEvent>({
    type: "step.failed",
    callId: readId(fields, "block_id"),
    name: readString(fields, "block_name"),
    durationMs: readDuration(fields, "duration_ms"),
    error: error ?? { message: "The block failed without a message." },
    summary: clip(error?.message),
  });
}

function readDone(fields: JsonObject): CanonicalEvent {
  const output = own(fields, "output", "result", "data");
  const error = readError(fields, "error");
  const outcome = outcomeOf(readString(fields, "status")) ?? (error === undefined ? "completed" : "failed");
  return defined<CanonicalEvent>({
    type: `run.${outcome}`,
    output,
    text: typeof output === "string" ? output : undefined,
    durationMs: readDuration(fields, "duration_ms"),
    summary: preview(output) ?? clip(error?.message),
    error,
  });
}

export const workflowRules: readonly (readonly [string, Rule])[] = [
  ["block_start", blockStart],
  ["block_started", blockStart],
  ["block_chunk", blockOutput],
  ["block_output", blockOutput],
  ["block_complete", blockComplete],
  ["block_completed", blockComplete],
  ["block_error", { keys: ["block_id", "block_name", "duration_ms", "data", "error", "message", ...errorKeys], read: readBlockError }],
  ["done", { keys: [...resultKeys, "error", "duration_ms", ...errorKeys], read: readDone }],
];
