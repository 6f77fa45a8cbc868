import type { CanonicalEvent } from "../../core/events/canonical";
import type { JsonObject } from "../../core/json";
import { clip, defined, definedOrNone, own, preview, readId, readObject, readString } from "../shared";
import { outcomeOf } from "../shared/outcome-of";
import { readDuration } from "../shared/read-duration";
import { readError } from "../shared/read-error";
import type { Rule } from "../shared/rule";
import { argumentsOf } from "./decode-tools";
import { delegateOf, delegationTo } from "./delegate";
import { usageOf } from "./usage-of";

const inputKeys = ["tool_input", "arguments", "input"];
const answerKeys = ["content", "response", "output", "result"];

function hook(read: (fields: JsonObject, detail: JsonObject | undefined) => CanonicalEvent): Rule {
  return { keys: ["tool_name", "data", "output"], read: (fields) => read(fields, readObject(fields, "data")) };
}

function wholeData(fields: JsonObject, detail: JsonObject | undefined) {
  return argumentsOf(detail, ...inputKeys) ?? own(fields, "data");
}

function delegated(fields: JsonObject, detail: JsonObject | undefined): string | undefined {
  return readString(detail, "agent", "agent_name", "target") ?? delegateOf(readString(fields, "tool_name"));
}

function readRunComplete(fields: JsonObject, detail: JsonObject | undefined): CanonicalEvent {
  const output = own(fields, "output") ?? own(detail, ...answerKeys);
  const error = readError(detail ?? {}, "error");
  const outcome = outcomeOf(readString(detail, "status")) ?? (error === undefined ? "completed" : "failed");
  return defined<CanonicalEvent>({
    type: `run.${outcome}`,
    output,
    text: typeof output === "string" ? output : undefined,
    summary: preview(output) ?? clip(error?.message),
    usage: usageOf(readObject(detail, "usage"), "run"),
    error,
  });
}

/** Bodies `{event, tool_name, data, output?}` of HTTP hooks: what the agent is about to do or has done. */
export const hookRules: readonly (readonly [string, Rule])[] = [
  [
    "OnRunStart",
    hook((_, detail) => {
      const query = readString(detail, "message", "query", "input");
      return defined<CanonicalEvent>({
        type: "run.started",
        run: definedOrNone({ name: clip(query), query, sessionId: readId(detail, "session_id") }),
        input: detail,
      });
    }),
  ],
  [
    "PreToolUse",
    hook((fields, detail) => {
      const input = wholeData(fields, detail);
      const name = readString(fields, "tool_name");
      return defined<CanonicalEvent>({
        type: "tool.called",
        name,
        callId: readId(detail, "call_id"),
        input,
        summary: preview(input),
        edge: delegationTo(delegateOf(name)),
      });
    }),
  ],
  [
    "PostToolUse",
    hook((fields, detail) => {
      const output = own(fields, "output") ?? own(detail, "output", "result");
      const error = readError(detail ?? {}, "error");
      return defined<CanonicalEvent>({
        type: error === undefined ? "tool.returned" : "tool.failed",
        name: readString(fields, "tool_name"),
        callId: readId(detail, "call_id"),
        durationMs: readDuration(detail, "duration_ms"),
        input: argumentsOf(detail, ...inputKeys),
        output,
        summary: preview(output) ?? clip(error?.message),
        error,
      });
    }),
  ],
  [
    "OnDelegation",
    hook((fields, detail) => {
      const agent = delegated(fields, detail);
      const input = argumentsOf(detail, "task", ...inputKeys);
      return defined<CanonicalEvent>({
        type: "delegation.started",
        name: agent,
        callId: readId(detail, "child_execution_id", "child_run_id", "call_id"),
        input: input ?? own(fields, "data"),
        summary: preview(input),
        edge: delegationTo(agent),
      });
    }),
  ],
  [
    "PreResponse",
    hook((fields, detail) => {
      const output = own(fields, "output") ?? own(detail, ...answerKeys) ?? own(fields, "data");
      return defined<CanonicalEvent>({
        type: "text.completed",
        text: typeof output === "string" ? output : preview(output, 2_000),
        output: typeof output === "string" ? undefined : output,
      });
    }),
  ],
  ["OnRunComplete", hook(readRunComplete)],
];
