import type { Json, JsonObject } from "../../core/json";
import { clip, own, parseJson, preview, readBoolean, readId, readString } from "../shared";
import { readDuration } from "../shared/read-duration";
import { errorKeys, errorOf } from "./error-of";
import type { Reading, ShannonRule, ShannonRules } from "./rule";
import type { ShannonEvent } from "./shannon-event";

export const toolNameKeys = ["tool", "tool_name"];
export const toolInputKeys = ["params", "tool_args", "arguments", "args"];
const callKeys = ["tool_call_id", "call_id"];

/** The two ways in which the documentation names a tool only in the message: `web_search: 12 results` and `Invoking tool: csv_loader`. */
const announced = /^(?:Invoking tool|Tool result): (\S{1,128})$/;
const prefixed = /^([a-z][a-z0-9]*(?:[_.-][a-z0-9]+)+): /;

function nameOf({ fields, message }: ShannonEvent): string | undefined {
  const named = readId(fields, ...toolNameKeys);
  if (named !== undefined || message === undefined) return named;
  return announced.exec(message)?.[1] ?? prefixed.exec(message)?.[1];
}

/** The message of a call, unless it is only the tool's name: then the input or output says more. */
function wordsOf({ message }: ShannonEvent, value: Json | undefined): string | undefined {
  return message === undefined || announced.test(message) ? (preview(value) ?? message) : message;
}

/** One self-contained line: which tool, what it did and why it failed, in the sender's own words plus whatever they omit. */
function lineOf(name: string | undefined, words: string | undefined, error?: string): string | undefined {
  const untold = error === undefined || words?.includes(error) ? [] : [error];
  const said = [...(words === undefined ? [] : [words]), ...untold].join(": ");
  if (said === "") return undefined;
  return clip(name === undefined || said.includes(name) ? said : `${name}: ${said}`);
}

/** Arguments, even if a model passed them as JSON text. */
export function toolInputOf(fields: JsonObject, ...keys: readonly string[]): Json | undefined {
  const value = own(fields, ...keys);
  return typeof value === "string" ? (parseJson(value) ?? value) : value;
}

const called: ShannonRule = {
  keys: [...toolNameKeys, ...toolInputKeys, ...callKeys, "role"],
  read: (event) => {
    const input = toolInputOf(event.fields, ...toolInputKeys);
    const name = nameOf(event);
    return {
      name,
      callId: readId(event.fields, ...callKeys),
      role: readString(event.fields, "role"),
      input,
      summary: lineOf(name, wordsOf(event, input)),
    };
  },
};

function readObservation(event: ShannonEvent): Reading {
  const { fields, message } = event;
  const output = own(fields, "result", "output");
  const name = nameOf(event);
  return {
    name,
    callId: readId(fields, ...callKeys),
    role: readString(fields, "role"),
    output,
    text: output === undefined ? message : undefined,
    durationMs: readDuration(fields, "duration_ms"),
    summary: lineOf(name, wordsOf(event, output)),
  };
}

function failedReading(event: ShannonEvent): Reading {
  const reading = readObservation(event);
  const error = errorOf(event);
  return { ...reading, type: "tool.failed", text: undefined, error, summary: lineOf(reading.name, reading.summary, error.message) };
}

/** Whether a field holds an error: programs that omit no field write "" or false there. */
function tells(fields: JsonObject, key: string): boolean {
  const value = own(fields, key);
  return value !== undefined && value !== "" && value !== false;
}

/** `success: false` or an error makes it a failure; an intermediate observation comes from a tool that is still running. */
function readResult(event: ShannonEvent): Reading {
  const { fields } = event;
  if (readBoolean(fields, "success") === false || tells(fields, "error") || tells(fields, "error_message")) return failedReading(event);
  const reading = readObservation(event);
  return readBoolean(fields, "intermediate") === true ? { ...reading, type: "progress.reported" } : reading;
}

const keys = [...toolNameKeys, ...callKeys, ...["role", "result", "output", "duration_ms", "success", "intermediate"], ...errorKeys];

/** Tools. */
export const toolRules: ShannonRules = [
  ["TOOL_INVOKED", called],
  ["TOOL_STARTED", called],
  ["TOOL_OBSERVATION", { keys, read: readResult }],
  ["TOOL_COMPLETED", { keys, read: readResult }],
  ["TOOL_FAILED", { keys, read: failedReading }],
  ["TOOL_ERROR", { keys, read: failedReading }],
];
