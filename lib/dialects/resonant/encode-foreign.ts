import type { CanonicalType } from "../../core/events/canonical";
import type { LoggedEvent } from "../../core/events/logged";
import type { Json, JsonObject } from "../../core/json";
import { usageTokens } from "../../core/usage/sum";
import { defined } from "../shared";

type About = { readonly [key: string]: Json | undefined };
type Write = (event: LoggedEvent, runId: string) => readonly [type: string, about: About];

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** Only the whole run's tokens: those of one call or agent are a different figure. */
function tokensOf({ usage }: LoggedEvent): number | undefined {
  return usage?.scope === "run" ? (usageTokens(usage) ?? undefined) : undefined;
}

const started: Write = (event, runId) => [
  "session.started",
  { session_id: runId, agent_id: event.agent, goal: event.run?.query ?? event.run?.name ?? event.summary, model: event.usage?.model },
];

const completed: Write = (event, runId) => [
  "session.completed",
  {
    session_id: runId,
    agent_id: event.agent,
    status: "completed",
    steps: event.progress?.steps,
    duration_ms: event.durationMs,
    tokens_used: tokensOf(event),
  },
];

function failed(type: string, code: string, fallback: string): Write {
  return (event, runId) => [
    type,
    {
      session_id: runId,
      agent_id: event.agent,
      error_code: event.error?.code ?? code,
      error_message: event.error?.message ?? event.summary ?? fallback,
      step_number: event.progress?.step,
      duration_ms: event.durationMs,
    },
  ];
}

function step(kind: "tool_call" | undefined): Write {
  return (event, runId) => [
    "session.step.completed",
    {
      session_id: runId,
      agent_id: event.agent,
      step_number: event.progress?.step ?? numberOf(event.callId),
      step_type: kind ?? event.name,
      tool: kind === undefined ? undefined : event.name,
      duration_ms: event.durationMs,
      status: event.error === undefined ? undefined : "failed",
      error_message: event.error?.message,
    },
  ];
}

const taskAssigned: Write = (event, runId) => [
  "team.task.assigned",
  {
    team_id: runId,
    task_id: event.callId ?? `task_${event.seq}`,
    assigned_to: event.edge?.to ?? event.name,
    assigned_by: event.edge?.from ?? event.agent,
    task_description: event.text ?? event.summary,
  },
];

const taskCompleted: Write = (event, runId) => [
  "team.task.completed",
  {
    team_id: runId,
    task_id: event.callId ?? `task_${event.seq}`,
    completed_by: event.edge?.from ?? event.agent ?? event.edge?.to,
    result: event.error === undefined ? "success" : "failed",
    duration_ms: event.durationMs,
  },
];

const trouble: Write = (event, runId) => [
  "agent.error",
  {
    session_id: runId,
    agent_id: event.agent,
    error_code: event.error?.code,
    error_message: event.error?.message ?? event.summary ?? "The agent failed.",
  },
];

/** The guide's nearest event. Types without an entry have no equivalent: calls that only began, text, approvals, budgets. */
const write: { readonly [type in CanonicalType]?: Write } = {
  "run.started": started,
  "run.completed": completed,
  "run.failed": failed("session.failed", "error", "The session failed."),
  "run.expired": failed("session.timeout", "timeout", "The session timed out."),
  "run.cancelled": (event, runId) => [
    "session.cancelled",
    { session_id: runId, agent_id: event.agent, status: "cancelled", duration_ms: event.durationMs },
  ],
  "step.completed": step(undefined),
  "step.failed": step(undefined),
  "tool.returned": step("tool_call"),
  "tool.failed": step("tool_call"),
  "task.assigned": taskAssigned,
  "task.completed": taskCompleted,
  "delegation.started": taskAssigned,
  "delegation.completed": taskCompleted,
  "agent.failed": trouble,
  "error.occurred": trouble,
  "progress.reported": (event, runId) => [
    "execution.progress",
    {
      execution_id: runId,
      percentage: event.progress?.percent,
      step: event.progress?.step,
      total_steps: event.progress?.steps,
      message: event.summary,
    },
  ],
};

/** Type and data of an event that did not come as an envelope; null if the platform has no equivalent. */
export function encodeForeign(event: LoggedEvent, runId: string): { readonly type: string; readonly about: JsonObject } | null {
  const written = write[event.type]?.(event, runId);
  return written === undefined ? null : { type: written[0], about: defined(written[1]) as JsonObject };
}

/** The platform's type for each canonical type that it covers. */
export const platformWords: ReadonlyMap<CanonicalType, string> = new Map(
  (Object.keys(write) as CanonicalType[]).flatMap((type) => {
    const words = encodeForeign({ type, seq: 1, receivedAtMs: 0, source: { dialect: "resonant", type: "" } }, "");
    return words === null ? [] : [[type, words.type] as const];
  }),
);
