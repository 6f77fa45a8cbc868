import { describe, expect, test } from "vitest";
import type { Dialect } from "../core/dialect";
import { isJsonObject, type Json, type JsonObject } from "../core/json";
import { adapters } from "./registry";

/** A type, a field of ours that it fills, a value, and the keys under which a sender of that system may have written it. */
type Row = readonly [type: string, field: string, value: Json, keys: readonly string[], beside?: JsonObject];

const id = "c-1";
const args = { q: 1 };
const words = "said";

const names: {
  readonly [dialect in Dialect]: { readonly body: (type: string, fields: JsonObject) => JsonObject; readonly rows: readonly Row[] };
} = {
  shannon: {
    body: (type, payload) => ({ workflow_id: "r", type, payload }),
    rows: [
      ["TOOL_INVOKED", "name", "t", ["tool", "tool_name"]],
      ["TOOL_INVOKED", "input", args, ["params", "tool_args", "arguments", "args"]],
      ["TOOL_INVOKED", "callId", id, ["tool_call_id", "call_id"]],
      ["TOOL_OBSERVATION", "callId", id, ["tool_call_id", "call_id"]],
      ["TOOL_OBSERVATION", "output", args, ["result", "output"]],
      ["TOOL_OBSERVATION", "error.message", words, ["error", "error_message"]],
      ["AGENT_STARTED", "parentAgent", "lead", ["parent_agent_id", "parent_agent"]],
      ["LLM_PROMPT", "name", "gpt-5", ["model_used", "model"]],
      ["LLM_PROMPT", "input", words, ["sanitized_prompt", "prompt"]],
      ["LLM_PARTIAL", "text", words, ["chunk", "delta", "content"]],
      ["LLM_OUTPUT", "text", words, ["output", "response", "content"]],
      ["THREAD_MESSAGE_COMPLETED", "text", words, ["content", "response"]],
      ["LLM_OUTPUT", "usage.model", "gpt-5", ["model_used", "model"], { tokens_used: 1 }],
      ["LLM_OUTPUT", "usage.input", 7, ["input_tokens", "prompt_tokens"]],
      ["LLM_OUTPUT", "usage.output", 7, ["output_tokens", "completion_tokens"]],
      ["LLM_OUTPUT", "usage.total", 7, ["tokens_used", "total_tokens"]],
      ["LLM_OUTPUT", "usage.cachedRead", 7, ["cache_read_tokens", "cache_read_input_tokens", "cached_tokens"]],
      ["LLM_OUTPUT", "usage.cachedWrite", 7, ["cache_creation_tokens", "cache_creation_input_tokens"]],
      ["MESSAGE_SENT", "edge.to", "b", ["to", "target", "target_agent", "to_agent"]],
      ["MESSAGE_RECEIVED", "edge.from", "b", ["from", "source_agent", "from_agent"]],
      ["MESSAGE_SENT", "text", words, ["content", "text"]],
      ["PROGRESS", "progress.percent", 7, ["percentage", "percent"]],
      ["SCREENSHOT_SAVED", "name", "a.png", ["screenshot_path", "path", "filename", "name"]],
      ["SCREENSHOT_SAVED", "artifact.bytes", 7, ["size_bytes", "size"], { path: "a.png" }],
      ["SCREENSHOT_SAVED", "artifact.contentType", "image/png", ["content_type", "media_type"], { path: "a.png" }],
      ["APPROVAL_REQUESTED", "approval.arguments", args, ["details", "params", "tool_args", "arguments", "args"]],
      ["APPROVAL_REQUESTED", "approval.risk", "high", ["risk_level", "risk"]],
      ["APPROVAL_REQUESTED", "approval.channel", "mail", ["channel"]],
      ["APPROVAL_DECISION", "approval.comment", words, ["comments", "comment", "feedback", "reason"]],
      ["APPROVAL_DECISION", "approval.decidedBy", "ops", ["approved_by", "denied_by", "decided_by"]],
    ],
  },
  "agent-os": {
    body: (event_type, payload) => ({ event_type, sdk_run_id: "r", payload }),
    rows: [
      ["run_start", "run.sessionId", "s", ["session_id"]],
      ["step", "name", "n", ["node_name", "node"]],
      ["step", "output", args, ["output", "result"]],
      ["step", "callId", id, ["call_id", "step_id", "tool_call_id"]],
      ["step", "error.message", words, ["error_message", "error"]],
      ["tool_call", "name", "t", ["tool_name", "tool"]],
      ["tool_call", "input", args, ["input_preview", "input", "arguments"]],
      ["tool_call", "output", args, ["output_preview", "output", "result"]],
      ["run_end", "usage.input", 7, ["prompt_tokens", "input_tokens"]],
      ["run_end", "usage.output", 7, ["completion_tokens", "output_tokens"]],
      ["run_end", "usage.total", 7, ["total_tokens"]],
      ["run_end", "usage.provider", "openai", ["provider"], { total_tokens: 1 }],
      ["run_end", "durationMs", 7, ["duration_ms"]],
      ["human_input_requested", "approval.id", id, ["request_id", "approval_id"]],
    ],
  },
  powabase: {
    body: (event, fields) => ({ event, ...fields }),
    rows: [
      ["tool_result", "output", args, ["result", "result_preview"]],
      ["delegation_started", "callId", id, ["child_execution_id", "child_run_id"]],
      ["delegation_completed", "output", args, ["result", "content", "output"]],
    ],
  },
  crewship: {
    body: (type, payload) => ({ type, run_id: "r", payload }),
    rows: [
      ["run.started", "run.query", words, ["input"]],
      ["run.started", "run.sessionId", "s", ["thread_id"]],
      ["run.completed", "output", args, ["result", "output"]],
      ["agent.started", "agent", "a", ["agent", "agent_name", "agent_role"]],
      ["agent.completed", "output", args, ["output", "result"]],
      ["agent.completed", "durationMs", 7, ["duration_ms"]],
      ["tool.called", "name", "t", ["tool", "tool_name", "name"]],
      ["tool.called", "input", args, ["input", "tool_input", "arguments", "args"]],
      ["tool.called", "callId", id, ["call_id", "tool_call_id"]],
      ["tool.result", "output", args, ["output", "result"]],
      ["tool.error", "error.message", words, ["error", "message"]],
      ["task.started", "name", "n", ["task", "task_description", "description"]],
    ],
  },
  resonant: {
    body: (type, data) => ({ type, data: { session_id: "r", ...data } }),
    rows: [
      ["session.step.completed", "name", "t", ["tool", "tool_name"]],
      ["session.step.completed", "callId", "3", ["step_number", "step"]],
      ["session.step.completed", "output", args, ["result", "output", "content"]],
      ["session.step.completed", "error.message", words, ["error_message", "error"]],
      ["session.completed", "usage.total", 7, ["tokens_used", "total_tokens"]],
      ["session.failed", "error.message", words, ["error_message", "error", "message"]],
      ["execution.progress", "progress.percent", 7, ["percentage", "percent", "progress"]],
      ["tool_call", "name", "t", ["tool", "tool_name", "name"]],
      ["tool_call", "input", args, ["arguments", "input", "args", "parameters"]],
      ["tool_call", "callId", id, ["call_id", "tool_call_id"]],
      ["message", "text", words, ["content", "text", "message", "output", "thought"]],
    ],
  },
};

function fieldOf(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((inner, key) => (isJsonObject(inner as Json) ? (inner as JsonObject)[key] : undefined), value);
}

const told = Object.entries(names).flatMap(([dialect, { body, rows }]) =>
  rows.flatMap(([type, field, value, keys, beside]) =>
    keys.map((key) => ({ dialect: dialect as Dialect, type, key, field, value, body: body(type, { ...beside, [key]: value }) })),
  ),
);

describe("a field is read under each name that its system, its documentation or its clients have for it", () => {
  test.each(told)("$dialect: $key of $type is $field", ({ dialect, key, field, value, body }) => {
    const event = adapters[dialect].decode({ body });
    expect(fieldOf(event, field)).toEqual(value);
    // What was understood is not shown a second time as something that was not.
    expect(event.extra ?? {}).not.toHaveProperty(key);
  });
});
