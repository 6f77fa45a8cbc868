import type { CanonicalType } from "../../core/events/canonical";
import type { LoggedEvent } from "../../core/events/logged";
import type { Json, JsonObject } from "../../core/json";
import { promptTokens } from "../../core/usage/sum";
import { defined, dollarsOf, preview } from "../shared";
import { askedId } from "../shared/asked-id";

/** A payload under construction; undefined fields are omitted. */
type Fields = { readonly [key: string]: Json | undefined };
type Words = (event: LoggedEvent) => readonly [eventType: string, payload: Fields];

/** A tool call's previews hold 500 characters (seed, "tool_call"). */
const previewLimit = 500;

function runEnd({ output, text, usage, durationMs }: LoggedEvent): Fields {
  return {
    output: output ?? text,
    prompt_tokens: usage && promptTokens(usage),
    completion_tokens: usage?.output,
    total_tokens: usage?.total,
    cost_usd: usage?.costNanos === undefined ? undefined : dollarsOf(usage.costNanos),
    model: usage?.model,
    duration_ms: durationMs,
  };
}

const failed =
  (kind: string): Words =>
  ({ error, summary }) => [
    "error",
    { error_type: error?.code ?? kind, error_message: error?.message ?? summary ?? kind, traceback: error?.stack },
  ];

const step =
  (phase: "start" | "end"): Words =>
  (event) => [
    "step",
    {
      node_name: event.name ?? event.agent ?? event.edge?.to ?? event.type,
      phase,
      duration_ms: event.durationMs,
      [phase === "start" ? "input" : "output"]: phase === "start" ? event.input : (event.output ?? event.text),
      error: event.error?.message,
      step_id: event.callId,
    },
  ];

const tool =
  (phase: "start" | "end"): Words =>
  (event) => [
    "tool_call",
    {
      tool_name: event.name,
      phase,
      input_preview: preview(event.input, previewLimit),
      output_preview: preview(event.output ?? event.text, previewLimit),
      duration_ms: event.durationMs,
      error: event.error?.message,
      call_id: event.callId,
    },
  ];

/** `error` ends a run there, so an error that a run survives has no type; neither have streams, logs and what happens outside runs. */
const words: { readonly [type in CanonicalType]?: Words } = {
  "run.started": ({ run, input }) => ["run_start", { framework: run?.framework, input: input ?? run?.query }],
  "run.completed": (event) => ["run_end", runEnd(event)],
  "run.failed": failed("Error"),
  "run.expired": failed("Timeout"),
  "run.cancelled": failed("Cancelled"),
  "agent.started": step("start"),
  "agent.completed": step("end"),
  "agent.failed": step("end"),
  "task.assigned": step("start"),
  "task.completed": step("end"),
  "delegation.started": step("start"),
  "delegation.completed": step("end"),
  "step.started": step("start"),
  "step.completed": step("end"),
  "step.failed": step("end"),
  "model.prompted": step("start"),
  "model.completed": step("end"),
  "tool.called": tool("start"),
  "tool.returned": tool("end"),
  "tool.failed": tool("end"),
  "approval.requested": (event) => [
    "human_input_requested",
    {
      question: event.approval?.question ?? event.summary,
      context: event.approval?.arguments,
      channel: event.approval?.channel,
      request_id: askedId(event),
    },
  ],
  "approval.decided": ({ approval }) => [
    "human_input_received",
    { response: approval?.answer ?? approval?.decision, responded_by: approval?.decidedBy, request_id: approval?.id },
  ],
};

/** The agent-os type and payload for another system's event; null if it has no type for it. */
export function encodeForeign(event: LoggedEvent): { readonly type: string; readonly payload: JsonObject } | null {
  const write = words[event.type];
  if (write === undefined) return null;
  const [type, payload] = write(event);
  return { type, payload: defined(payload) as JsonObject };
}
