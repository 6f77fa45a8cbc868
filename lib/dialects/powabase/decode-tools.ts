import { blockedCode } from "../../core/approvals/words";
import type { Approval, CanonicalEvent, EventError } from "../../core/events/canonical";
import type { Json, JsonObject } from "../../core/json";
import { clip, defined, own, parseJson, preview, readBoolean, readId, readObject, readString } from "../shared";
import { outcomeOf } from "../shared/outcome-of";
import { ownKey, withOwnApproval } from "../shared/own-approval";
import { readDuration } from "../shared/read-duration";
import { errorKeys, readError } from "../shared/read-error";
import type { Rule } from "../shared/rule";
import { decisionOf } from "./decision-of";
import { delegateOf, delegationTo } from "./delegate";

/** Arguments under the first of `keys`; some models pass them as JSON text. */
export function argumentsOf(fields: JsonObject | undefined, ...keys: readonly string[]): Json | undefined {
  const value = own(fields, ...keys);
  return typeof value === "string" ? (parseJson(value) ?? value) : value;
}

const toolCall: Rule = {
  keys: ["tool_name", "arguments", "call_id"],
  read: (fields) => {
    const input = argumentsOf(fields, "arguments");
    const name = readString(fields, "tool_name");
    return defined<CanonicalEvent>({
      type: "tool.called",
      name,
      callId: readId(fields, "call_id"),
      input,
      summary: preview(input),
      edge: delegationTo(delegateOf(name)),
    });
  },
};

function failureOf(fields: JsonObject, output: Json | undefined, stopped: boolean): EventError | undefined {
  const told = readError(fields, "error") ?? readError(readObject(fields, "result_meta") ?? {}, "error");
  if (told) return told;
  const failed = readBoolean(fields, "success") === false || readBoolean(fields, "is_error") === true;
  return stopped || failed ? { message: preview(output, 2_000) ?? "The tool failed without a message." } : undefined;
}

/**
 * A blocked call is a failure, and so is either of the two texts by which Powabase signals a refusal; `result_preview` holds the first 200
 * characters.
 */
function readToolResult(fields: JsonObject): CanonicalEvent {
  const output = own(fields, "result", "result_preview");
  const name = readString(fields, "tool_name");
  const meta = readObject(fields, "result_meta");
  const blocked = readBoolean(fields, "blocked") === true || readBoolean(meta, "blocked") === true;
  const said = [typeof output === "string" ? output : undefined, readString(fields, "error", "message"), readString(meta, "error")];
  const approval = said.map((text) => decisionOf(text, name)).find((decision) => decision !== undefined);
  const failure = failureOf(fields, output, blocked || approval !== undefined);
  // A hook's own verdict: no human decided.
  const error = failure !== undefined && blocked && approval === undefined ? { code: blockedCode, ...failure } : failure;
  return defined<CanonicalEvent>({
    type: error === undefined ? "tool.returned" : "tool.failed",
    name,
    callId: readId(fields, "call_id"),
    output,
    durationMs: readDuration(fields, "duration_ms"),
    summary: preview(output) ?? clip(error?.message),
    error,
    approval,
  });
}

/** Powabase sends neither a run id nor an approval id here; either is read if a relay added it. */
const approvalRequested: Rule = {
  keys: ["tool_name", "tool_input", "message", "approval_id", "call_id", ownKey],
  read: (fields) => {
    const tool = readString(fields, "tool_name");
    const question = readString(fields, "message");
    return defined<CanonicalEvent>({
      type: "approval.requested",
      name: tool,
      callId: readId(fields, "call_id"),
      summary: clip(question) ?? (tool === undefined ? undefined : clip(`Approve ${tool}?`)),
      approval: withOwnApproval(
        defined<Approval>({
          id: readId(fields, "approval_id"),
          kind: "tool",
          tool,
          arguments: argumentsOf(fields, "tool_input"),
          question,
        }),
        fields,
      ),
    });
  },
};

function readHookResult(fields: JsonObject): CanonicalEvent {
  const ours = withOwnApproval({}, fields);
  const message = readString(fields, "message");
  if (ours.decision !== undefined)
    return defined<CanonicalEvent>({
      type: "approval.decided",
      summary: clip(message),
      approval: defined<Approval>({ kind: "tool", tool: readString(fields, "tool_name"), ...ours }),
    });
  const status = readString(fields, "status");
  const outcome = outcomeOf(status);
  const broken = outcome === "failed" || outcome === "expired";
  const error = readError(fields, "error") ?? (broken ? { message: message ?? `The hook ${status}.` } : undefined);
  return defined<CanonicalEvent>({
    type: "hook.completed",
    name: readString(fields, "hook_event", "position"),
    callId: readId(fields, "hook_id"),
    durationMs: readDuration(fields, "latency_ms"),
    summary: clip(message) ?? clip(status),
    level: error !== undefined || readBoolean(fields, "blocked") === true ? "warn" : undefined,
    error,
    approval: decisionOf(message, readString(fields, "tool_name")),
  });
}

/** Tools, hooks and approvals of an agent run. */
export const toolRules: readonly (readonly [string, Rule])[] = [
  ["tool_call", toolCall],
  [
    "tool_result",
    { keys: ["tool_name", "result", "result_preview", "call_id", "duration_ms", "error", ...errorKeys], read: readToolResult },
  ],
  ["approval_requested", approvalRequested],
  ["hook_result", { keys: ["hook_event", "hook_id", "latency_ms", "message", "error", ownKey, ...errorKeys], read: readHookResult }],
];
