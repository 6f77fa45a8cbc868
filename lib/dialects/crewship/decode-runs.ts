import type { CanonicalEvent } from "../../core/events/canonical";
import type { JsonObject } from "../../core/json";
import { clip, defined, definedOrNone, own, preview, readId, readInstant, readObject, readString } from "../shared";
import { outcomeOf } from "../shared/outcome-of";
import { ownKey } from "../shared/own-approval";
import { readOwnControl } from "../shared/own-control";
import { readDuration } from "../shared/read-duration";
import { errorKeys, readError } from "../shared/read-error";
import type { Rule } from "../shared/rule";

const resultKeys = ["result", "output"];
const endKeys = [
  ownKey,
  "duration_ms",
  "completed_at",
  "canceled_at",
  "cancelled_at",
  "error",
  "error_message",
  ...resultKeys,
  ...errorKeys,
];

/** A notification may contain the run itself; the payload's fields take precedence over it. */
function withRun(fields: JsonObject): JsonObject {
  return { ...readObject(fields, "run"), ...fields };
}

const started: Rule = {
  keys: ["started_at", "input", "thread_id"],
  read: (fields) => {
    const input = own(fields, "input");
    const query = typeof input === "string" ? input : readString(input, "topic", "query", "prompt", "goal");
    return defined<CanonicalEvent>({
      type: "run.started",
      occurredAtMs: readInstant(fields, "timestamp", "started_at"),
      input,
      summary: preview(input),
      run: definedOrNone({
        name: clip(query) ?? readString(fields, "entrypoint"),
        query,
        sessionId: readId(fields, "thread_id"),
      }),
    });
  },
};

function ended(type: CanonicalEvent["type"], fallback?: string): Rule {
  return {
    keys: endKeys,
    read: (notice) => {
      const fields = withRun(notice);
      const output = own(fields, ...resultKeys);
      const error = readError(fields, "error", "error_message") ?? (fallback === undefined ? undefined : { message: fallback });
      return defined<CanonicalEvent>({
        type,
        occurredAtMs: readInstant(fields, "timestamp", "canceled_at", "cancelled_at", "completed_at"),
        durationMs: readDuration(fields, "duration_ms"),
        output,
        text: typeof output === "string" ? output : undefined,
        summary: clip(error?.message) ?? preview(output),
        error,
        ...readOwnControl(fields),
      });
    },
  };
}

const succeeded = ended("run.completed");
const failed = ended("run.failed", "The run failed without a message.");
const cancelled = ended("run.cancelled");
const expired = ended("run.expired");
const outcomes = { completed: succeeded, failed, cancelled, expired } as const;

/** `run.completed` is a success unless its status says otherwise. */
const completed: Rule = {
  keys: endKeys,
  read: (fields) => outcomes[outcomeOf(readString(withRun(fields), "status")) ?? "completed"].read(fields),
};

/** Control events of the polling fallback end the reading, not the run, unless they name a status. */
function control(otherwise: (fields: JsonObject) => CanonicalEvent): Rule {
  return {
    keys: [...endKeys, "message"],
    read: (fields) => {
      const outcome = outcomeOf(readString(withRun(fields), "status"));
      return outcome === undefined ? otherwise(fields) : outcomes[outcome].read(fields);
    },
  };
}

function readStreamError(fields: JsonObject): CanonicalEvent {
  const error = readError(fields, "error", "message", "error_message") ?? { message: "The stream reported an error." };
  return { type: "error.occurred", error, summary: clip(error.message) };
}

export const runRules: readonly (readonly [string, Rule])[] = [
  ["run.started", started],
  ["run.completed", completed],
  ["run.succeeded", succeeded],
  ["run.failed", failed],
  ["run.canceled", cancelled],
  ["run.cancelled", cancelled],
  ["heartbeat", { keys: [], read: () => ({ type: "heartbeat.received" }) }],
  ["complete", control(() => ({ type: "stream.ended", summary: "The stream is complete" }))],
  ["timeout", control(() => ({ type: "stream.ended", summary: "The stream timed out" }))],
  ["error", control(readStreamError)],
];
