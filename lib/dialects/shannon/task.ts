import type { RunSummary } from "../../core/api/run";
import { stringifyExact } from "../../core/exact-json";
import { isJsonObject, type Json, type JsonObject } from "../../core/json";
import { type Keyed, lookup } from "../../core/run/record";
import { isTerminal } from "../../core/run/status";
import type { UsageState, UsageSum } from "../../core/usage/state";
import { dollarsOf, parseJson } from "../shared";
import { readingExactly } from "../shared/parse-json";
import type { ShannonTask, ShannonTaskListItem } from "./task-reply";
import { taskStatus } from "./task-status";

/** Sums and providers by model, as the run's usage keeps them. */
type ModelUsage = {
  readonly byModel?: Keyed<Pick<UsageSum, "events" | "total" | "reportedNanos" | "estimatedNanos">>;
  readonly providers?: UsageState["providers"];
};

/** What the run's summary lacks, taken from its state. */
export type TaskExtra = {
  readonly query?: string | null;
  readonly answer?: Json;
  readonly mode?: string | null;
  readonly usage?: ModelUsage;
};

/** The reported cost plus our estimate for the rest: the gateway has only one figure, and calls it estimated. */
export function costOf({ cost }: RunSummary): number {
  return dollarsOf(cost.reportedNanos + cost.estimatedNanos);
}

/** Shannon counts cached tokens as prompt tokens. */
function promptTokens({ tokens }: RunSummary): number {
  return tokens.input + tokens.cachedRead + tokens.cachedWrite;
}

/** One entry of `GET /api/v1/tasks`. */
export function shannonTaskListItem(run: RunSummary, extra: Pick<TaskExtra, "query" | "mode"> = {}): ShannonTaskListItem {
  return {
    task_id: run.externalId,
    query: extra.query ?? run.name,
    status: taskStatus(run.status),
    mode: extra.mode ?? "",
    created_at: run.startedAt ?? run.createdAt,
    ...(run.endedAt === null ? {} : { completed_at: run.endedAt }),
    total_token_usage: {
      total_tokens: run.tokens.total,
      cost_usd: costOf(run),
      prompt_tokens: promptTokens(run),
      completion_tokens: run.tokens.output,
    },
  };
}

/** Empty if no call of the model named a provider, or if they named several. */
function providerOf(model: string | undefined, { providers = {} }: ModelUsage): string {
  return (model === undefined ? null : lookup(providers, model)) ?? "";
}

/** Shares by tokens, in percent. */
function modelBreakdown(run: RunSummary, usage: ModelUsage): ShannonTask["metadata"]["model_breakdown"] {
  const { byModel = {} } = usage;
  const sums = Object.entries(byModel);
  const all = sums.reduce((total, [, sum]) => total + sum.total, 0);
  if (sums.length === 0) return run.models.map((model) => ({ model, provider: "", executions: 0, tokens: 0, cost_usd: 0, percentage: 0 }));
  return sums.map(([model, sum]) => ({
    model,
    provider: providerOf(model, usage),
    executions: sum.events,
    tokens: sum.total,
    cost_usd: dollarsOf(sum.reportedNanos + sum.estimatedNanos),
    percentage: all === 0 ? 0 : Math.round((sum.total / all) * 1_000) / 10,
  }));
}

/** A task's tokens and cost, by model and in total. */
export function taskMetadata(run: RunSummary, usage: ModelUsage = {}): ShannonTask["metadata"] {
  return {
    model_breakdown: modelBreakdown(run, usage),
    num_agents: run.agents,
    tool_calls: run.toolCalls,
    duration_ms: run.durationMs,
  };
}

/** The answer as text, as clients read it from `result`. */
export function resultOf(answer: Json): string {
  return typeof answer === "string" ? answer : answer === null ? "" : stringifyExact(answer);
}

/** The answer as an object if it is JSON. */
function responseOf(answer: Json): JsonObject {
  const parsed = typeof answer === "string" ? readingExactly(() => parseJson(answer)) : answer;
  return isJsonObject(parsed) ? parsed : {};
}

/** The reply of `GET /api/v1/tasks/{id}`. */
export function shannonTask(run: RunSummary, extra: TaskExtra): ShannonTask {
  const cost = costOf(run);
  return {
    task_id: run.externalId,
    workflow_id: run.externalId,
    status: taskStatus(run.status),
    result: resultOf(extra.answer ?? null),
    response: responseOf(extra.answer ?? null),
    error: run.error?.message ?? "",
    created_at: run.startedAt ?? run.createdAt,
    updated_at: run.endedAt ?? run.lastEventAt ?? run.createdAt,
    ...(isTerminal(run.status) && run.endedAt !== null ? { completed_at: run.endedAt } : {}),
    query: extra.query ?? run.name,
    session_id: run.sessionId ?? "",
    mode: extra.mode ?? "",
    context: {},
    model_used: run.models[0] ?? "",
    provider: providerOf(run.models[0], extra.usage ?? {}),
    usage: {
      total_tokens: run.tokens.total,
      input_tokens: promptTokens(run),
      output_tokens: run.tokens.output,
      estimated_cost: cost,
    },
    total_token_usage: {
      total_tokens: run.tokens.total,
      cost_usd: cost,
      prompt_tokens: promptTokens(run),
      completion_tokens: run.tokens.output,
    },
    metadata: taskMetadata(run, extra.usage),
  };
}
