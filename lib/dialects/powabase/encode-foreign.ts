import type { CanonicalType } from "../../core/events/canonical";
import type { LoggedEvent } from "../../core/events/logged";
import type { Json, JsonObject } from "../../core/json";
import { promptTokens } from "../../core/usage/sum";
import { defined, dollarsOf, preview } from "../shared";
import { askedId } from "../shared/asked-id";
import { refusalOf } from "./decision-of";

/** Fields of one frame, without the discriminators; undefined fields are omitted. */
type Fields = { readonly [key: string]: Json | undefined };
type Words = (event: LoggedEvent, runId: string) => readonly [word: string, fields: Fields];

function stepOf(event: LoggedEvent): Json | undefined {
  const number = event.progress?.step ?? (event.callId !== undefined && /^\d{1,9}$/.test(event.callId) ? Number(event.callId) : undefined);
  return number ?? event.name ?? event.callId;
}

export function usageOf({ usage }: LoggedEvent): JsonObject | undefined {
  if (usage === undefined) return undefined;
  const figures: Fields = {
    prompt_tokens: promptTokens(usage),
    completion_tokens: usage.output,
    total_tokens: usage.total,
    cached_tokens: usage.cachedRead,
    cost_usd: usage.costNanos === undefined ? undefined : dollarsOf(usage.costNanos),
  };
  const told = defined(figures) as JsonObject;
  return Object.keys(told).length > 0 ? told : undefined;
}

function complete(status: string): Words {
  return (event, runId) => [
    "complete",
    {
      run_id: runId,
      session_id: event.run?.sessionId,
      content: event.text ?? event.output,
      status,
      usage: usageOf(event),
    },
  ];
}

function failed(fallback: string): Words {
  return (event, runId) => {
    const message = event.error?.message ?? event.summary ?? fallback;
    return ["error", { error: message, message, code: event.error?.code, run_id: runId }];
  };
}

const toolCall: Words = (event) => [
  "tool_call",
  { step: event.progress?.step, tool_name: event.name, arguments: event.input, call_id: event.callId },
];

const toolResult: Words = (event) => {
  const result = event.output ?? event.text ?? event.error?.message;
  return [
    "tool_result",
    {
      step: event.progress?.step,
      tool_name: event.name,
      call_id: event.callId,
      result,
      result_preview: preview(result),
      error: event.error?.message,
      duration_ms: event.durationMs,
    },
  ];
};

const delegationStarted: Words = (event) => [
  "delegation_started",
  {
    agent: event.edge?.to ?? event.agent ?? event.name,
    task: event.text ?? event.input ?? event.summary,
    child_execution_id: event.callId ?? event.agent,
  },
];

const delegationCompleted: Words = (event) => [
  "delegation_completed",
  {
    agent: event.agent ?? event.edge?.to ?? event.name,
    child_execution_id: event.callId ?? event.agent,
    status: event.error === undefined ? "completed" : "failed",
    result: event.output ?? event.text,
    usage: usageOf(event),
    error: event.error?.message,
  },
];

const approvalDecided: Words = (event) => {
  const { decision, comment } = event.approval ?? {};
  const refusal = decision === "denied" || decision === "timeout" ? refusalOf(decision, comment) : null;
  return [
    "hook_result",
    {
      hook_event: "PreToolUse",
      status: "succeeded",
      tool_name: event.approval?.tool ?? event.name,
      modified: event.approval?.editedArguments === undefined ? undefined : true,
      blocked: refusal !== null,
      message: refusal ?? comment,
    },
  ];
};

const step =
  (word: string): Words =>
  (event) => [
    word,
    { step: stepOf(event), finish_reason: word === "step_completed" ? (event.error?.message ?? event.summary) : undefined },
  ];

const delta: Words = (event) => ["content_delta", { delta: event.text }];

/**
 * Our types in Powabase's. A type without an entry has no equivalent; an `error` that does not end the run would end a real client's
 * stream.
 */
const words: { readonly [type in CanonicalType]?: Words } = {
  "run.started": (event, runId) => ["start", { run_id: runId, session_id: event.run?.sessionId }],
  "run.completed": complete("completed"),
  "run.cancelled": complete("cancelled"),
  "run.failed": failed("The run failed."),
  "run.expired": failed("The run timed out."),
  "agent.started": delegationStarted,
  "agent.completed": delegationCompleted,
  "agent.failed": delegationCompleted,
  "agent.thought": (event) => ["reasoning", { step: event.progress?.step, content: event.text ?? event.summary }],
  "delegation.started": delegationStarted,
  "delegation.completed": delegationCompleted,
  "task.assigned": delegationStarted,
  "task.completed": delegationCompleted,
  "step.started": step("step_started"),
  "step.completed": step("step_completed"),
  "step.failed": step("step_completed"),
  "tool.called": toolCall,
  "tool.returned": toolResult,
  "tool.failed": toolResult,
  "model.streamed": delta,
  "text.streamed": delta,
  "text.completed": (event) => ["chunk", { content: event.text ?? event.output }],
  "hook.completed": (event) => [
    "hook_result",
    { hook_event: event.name, status: event.error ? "failed" : "succeeded", message: event.summary },
  ],
  "approval.requested": (event, runId) => [
    "approval_requested",
    {
      run_id: runId,
      approval_id: askedId(event),
      tool_name: event.approval?.tool ?? event.name,
      tool_input: event.approval?.arguments,
      message: event.approval?.question ?? event.summary,
    },
  ],
  "approval.decided": approvalDecided,
};

/** The frame for another system's event; null if Powabase has no type for it. */
export function encodeForeign(event: LoggedEvent, runId: string): JsonObject | null {
  const write = words[event.type];
  if (write === undefined) return null;
  const [word, fields] = write(event, runId);
  return defined({ event: word, type: word, ...fields }) as JsonObject;
}
