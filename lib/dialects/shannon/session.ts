import type { RunSummary } from "../../core/api/run";
import type { SessionSummary } from "../../core/api/session";
import { defined, dollarsOf } from "../shared";
import type { ShannonSession, ShannonSessionListItem, ShannonSessionTask } from "./session-reply";
import { costOf, resultOf, type TaskExtra, taskMetadata } from "./task";
import { taskStatusWord } from "./task-status";

/** The gateway's own limit. */
const activeMs = 24 * 3_600_000;

type ListedSession = {
  readonly session: SessionSummary;
  readonly succeeded: number;
  /** Its newest task. */
  readonly latest?: { readonly run: RunSummary; readonly query: string | null };
  readonly nowMs: number;
};

function common({ id, runs, tokens, startedAt, lastEventAt }: SessionSummary) {
  return { session_id: id, user_id: null, task_count: runs, tokens_used: tokens, created_at: startedAt, updated_at: lastEventAt };
}

/** One entry of `GET /api/v1/sessions`. */
export function shannonSessionListItem({ session, succeeded, latest, nowMs }: ListedSession): ShannonSessionListItem {
  const { runs, failed, lastEventAt, costNanos } = session;
  return {
    ...common(session),
    last_activity_at: lastEventAt,
    is_active: nowMs - Date.parse(lastEventAt) < activeMs,
    successful_tasks: succeeded,
    failed_tasks: failed,
    success_rate: succeeded / runs,
    total_cost_usd: dollarsOf(costNanos),
    average_cost_per_task: dollarsOf(costNanos / runs),
    ...(latest && { latest_task_query: latest.query ?? latest.run.name, latest_task_status: taskStatusWord(latest.run.status) }),
  };
}

/** The reply of `GET /api/v1/sessions/{id}`. */
export function shannonSession(session: SessionSummary): ShannonSession {
  return { ...common(session), cost_usd: dollarsOf(session.costNanos) };
}

/** One entry of `GET /api/v1/sessions/{id}/history`. */
export function shannonSessionTask(run: RunSummary, { query, answer, mode, usage }: TaskExtra): ShannonSessionTask {
  return defined<ShannonSessionTask>({
    task_id: run.externalId,
    workflow_id: run.externalId,
    query: query ?? run.name,
    status: taskStatusWord(run.status),
    mode: mode ?? undefined,
    result: resultOf(answer ?? null) || undefined,
    error_message: run.error?.message,
    total_tokens: run.tokens.total,
    total_cost_usd: costOf(run),
    duration_ms: run.durationMs ?? undefined,
    agents_used: run.agents,
    tools_invoked: run.toolCalls,
    started_at: run.startedAt ?? run.createdAt,
    completed_at: run.endedAt ?? undefined,
    metadata: taskMetadata(run, usage),
  });
}
