import type { CanonicalEvent, CanonicalType, EventError, Usage } from "../../core/events/canonical";
import type { Json, JsonObject } from "../../core/json";
import { usageTokens } from "../../core/usage/sum";
import { dollarsOf } from "../shared";
import { budgetTypeOf } from "./budget";

/** A payload under construction; undefined fields are omitted. */
type Draft = { readonly [key: string]: Json | undefined };

function dollars(usage: Usage | undefined): number | undefined {
  return usage?.costNanos === undefined ? undefined : dollarsOf(usage.costNanos);
}

function errorDraft(error: EventError | undefined, code?: string): Draft {
  return {
    error_type: error?.code ?? code,
    error_message: error?.message,
    recoverable: error?.recoverable,
    stack_trace: error?.stack,
  };
}

/** The end of a run or an agent: its result, duration and cost. */
function endDraft(event: CanonicalEvent): Draft {
  const { usage } = event;
  const isRun = usage?.scope === "run" || event.type === "run.completed";
  return {
    result: event.output ?? event.text,
    duration_ms: event.durationMs,
    [isRun ? "total_tokens" : "tokens_used"]: usageTokens(usage) ?? undefined,
    [isRun ? "total_cost_usd" : "cost_usd"]: dollars(usage),
    model: usage?.model,
  };
}

function modelDraft({ text, name, usage, durationMs }: CanonicalEvent): Draft {
  return {
    output: text,
    model: usage?.model ?? name,
    provider: usage?.provider,
    usage:
      usage === undefined
        ? undefined
        : compact({ total_tokens: usageTokens(usage) ?? undefined, input_tokens: usage.input, output_tokens: usage.output }),
    cache_read_tokens: usage?.cachedRead,
    cache_creation_tokens: usage?.cachedWrite,
    cost_usd: dollars(usage),
    duration_ms: durationMs,
  };
}

function teamDraft({ team, durationMs }: CanonicalEvent): Draft {
  return {
    team_size: team?.size ?? team?.members?.length,
    agents: team?.members?.map((member) => compact({ agent_id: member.agent, role: member.role, capabilities: member.capabilities })),
    duration_ms: durationMs,
  };
}

function approvalDraft({ approval }: CanonicalEvent): Draft {
  return {
    approval_id: approval?.id,
    tool_name: approval?.tool,
    details: approval?.arguments,
    question: approval?.question,
    risk_level: approval?.risk,
    channel: approval?.channel,
    timeout_seconds: approval?.timeoutMs === undefined ? undefined : Math.ceil(approval.timeoutMs / 1_000),
  };
}

/** Shannon knows three words; a text answer counts as approval. */
function decisionDraft({ approval }: CanonicalEvent): Draft {
  return {
    approval_id: approval?.id,
    decision: approval?.decision === "answered" ? "approved" : approval?.decision,
    approved_by: approval?.decidedBy,
    comments: approval?.comment,
    modified_action: approval?.editedArguments,
    response: approval?.answer,
  };
}

function budgetDraft({ budget }: CanonicalEvent): Draft {
  return {
    usage_percent: budget?.usedPercent,
    threshold_percent: budget?.thresholdPercent,
    tokens_used: budget?.tokensUsed,
    tokens_budget: budget?.tokensBudget,
    level: budget?.level,
    budget_type: budgetTypeOf(budget?.scope),
  };
}

const drafts: Partial<Record<CanonicalType, (event: CanonicalEvent) => Draft>> = {
  "run.started": ({ run }) => ({ query: run?.query ?? run?.name, mode: run?.mode, session_id: run?.sessionId }),
  "run.completed": endDraft,
  "run.failed": ({ error }) => errorDraft(error),
  "run.expired": ({ error }) => errorDraft(error, "TIMEOUT"),
  "run.cancelled": ({ text }) => ({ reason: text }),
  "run.updated": ({ name, text }) => ({ status: name, details: text }),
  "agent.started": ({ role, input }) => ({ role, subtask: input }),
  "agent.thought": ({ text }) => ({ thought: text }),
  "agent.completed": endDraft,
  "agent.failed": ({ error, durationMs }) => ({ ...errorDraft(error), duration_ms: durationMs }),
  "role.assigned": ({ role, team }) => ({ role, capabilities: team?.members?.[0]?.capabilities }),
  "team.recruited": teamDraft,
  "team.updated": teamDraft,
  "team.retired": teamDraft,
  "dependency.satisfied": ({ name }) => ({ subtask_id: name, can_proceed: true }),
  "tool.called": ({ name, input, callId }) => ({ tool_name: name, tool_args: input, call_id: callId }),
  "tool.returned": ({ name, output, text, durationMs, callId }) => ({
    tool_name: name,
    result: output ?? text,
    success: true,
    duration_ms: durationMs,
    call_id: callId,
  }),
  "tool.failed": ({ name, output, error, durationMs, callId }) => ({
    tool_name: name,
    result: output,
    success: false,
    error: error?.message,
    duration_ms: durationMs,
    call_id: callId,
  }),
  "model.prompted": ({ name, input, maxTokens }) => ({ model: name, max_tokens: maxTokens, sanitized_prompt: input }),
  "model.streamed": ({ text }) => ({ chunk: text }),
  "model.completed": modelDraft,
  "text.streamed": ({ text }) => ({ delta: text }),
  "text.completed": ({ text }) => ({ content: text }),
  "artifact.created": ({ name, artifact }) => ({
    key: name,
    value: compact({ size_bytes: artifact?.bytes, content_type: artifact?.contentType }),
    action: "ADD",
  }),
  "workspace.updated": ({ name, output }) => ({ key: name, value: output }),
  "progress.reported": ({ name, progress }) => ({
    percentage: progress?.percent,
    current_step: progress?.step,
    total_steps: progress?.steps,
    current_task: name,
  }),
  "wait.reported": ({ name, text }) => ({ waiting_for: name, wait_reason: text }),
  "approval.requested": approvalDraft,
  "approval.decided": decisionDraft,
  "budget.crossed": budgetDraft,
  "error.occurred": ({ error }) => errorDraft(error),
  "step.failed": ({ error, name }) => ({ ...errorDraft(error), current_task: name }),
  "error.recovered": ({ name, error }) => ({ error_type: error?.code, recovery_action: name }),
};

function edgeDraft({ edge, text, error }: CanonicalEvent): Draft {
  return { from: edge?.from, to: edge?.to, content: text, message_type: edge?.kind, ...errorDraft(error) };
}

/** The rest, for types that Shannon has no payload for. */
function plainDraft(event: CanonicalEvent): Draft {
  if (event.edge !== undefined) return edgeDraft(event);
  const { name, text, output, durationMs, error } = event;
  return { status: event.type, current_task: name, details: text, result: output, duration_ms: durationMs, ...errorDraft(error) };
}

function compact(draft: Draft): JsonObject {
  const filled: [string, Json][] = [];
  for (const [key, value] of Object.entries(draft)) if (value !== undefined) filled.push([key, value]);
  return Object.fromEntries(filled);
}

/** The payload in Shannon's keys, from the canonical fields alone; empty if there is nothing to say. */
export function payloadOf(event: CanonicalEvent): JsonObject {
  return compact((drafts[event.type] ?? plainDraft)(event));
}
