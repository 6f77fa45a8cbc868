import type { CanonicalType } from "../../core/events/canonical";
import type { LoggedEvent } from "../../core/events/logged";
import type { Json, JsonObject } from "../../core/json";
import { defined, isoOf, preview } from "../shared";

/** One event in Crewship's format: its name and its payload, without the timestamp. */
export type CrewshipWords = { readonly word: string; readonly payload: JsonObject };

type Payload = { readonly [key: string]: Json | undefined };
type Write = (event: LoggedEvent, runId: string) => readonly [word: string, payload: Payload] | null;

function momentOf(event: LoggedEvent): string {
  return isoOf(event.occurredAtMs ?? event.receivedAtMs);
}

/** Everything that people should see and that has no Crewship type becomes a line of its log. */
function log(level: "info" | "warning" | "error", fallback?: string): Write {
  return (event) => {
    const message = event.error?.message ?? event.summary ?? event.text ?? preview(event.output ?? event.input) ?? fallback;
    if (message === undefined) return null;
    return ["log", { level, message, agent: event.agent }];
  };
}

const logLevels = { debug: "debug", info: "info", warn: "warning", error: "error" } as const;

const written: Write = (event) => [
  "log",
  { level: logLevels[event.level ?? "info"], message: event.text ?? event.summary ?? preview(event.output) ?? "", agent: event.agent },
];

const failed: Write = (event, runId) => [
  "run.failed",
  {
    run_id: runId,
    error: event.error?.message ?? event.summary ?? (event.type === "run.expired" ? "The run timed out." : "The run failed."),
    stack_trace: event.error?.stack,
    duration_ms: event.durationMs,
  },
];

const agentStarted: Write = (event) => ["agent.started", { agent: event.agent, task: event.text ?? event.summary ?? event.input }];

const agentCompleted: Write = (event) => [
  "agent.completed",
  { agent: event.agent, task: event.input, output: event.output ?? event.text ?? event.summary, duration_ms: event.durationMs },
];

const agentFailed: Write = (event) => [
  "agent.error",
  { agent: event.agent, error: event.error?.message ?? event.summary ?? "The agent failed." },
];

/** An agent that took over work counts as started, one that handed back its result as completed. */
const delegationStarted: Write = (event) => [
  "agent.started",
  { agent: event.edge?.to ?? event.name ?? event.agent, task: event.text ?? event.input ?? event.summary },
];

const delegationCompleted: Write = (event, runId) => {
  const agent = event.agent ?? event.edge?.to ?? event.name;
  if (event.error !== undefined) return agentFailed({ ...event, ...(agent === undefined ? {} : { agent }) }, runId);
  return ["agent.completed", { agent, output: event.output ?? event.text ?? event.summary, duration_ms: event.durationMs }];
};

function tool(word: string, keys: readonly ("input" | "output" | "error")[]): Write {
  return (event) => [
    word,
    {
      tool: event.name,
      input: keys.includes("input") ? event.input : undefined,
      output: keys.includes("output") ? (event.output ?? event.text) : undefined,
      error: keys.includes("error") ? (event.error?.message ?? preview(event.output)) : undefined,
      agent: event.agent,
      duration_ms: event.durationMs,
    },
  ];
}

/** Crewship has no type for a failed task. */
const taskFailed = log("error", "A task failed");

function task(word: string): Write {
  return (event, runId) => {
    if (event.error !== undefined) return taskFailed(event, runId);
    return [
      word,
      {
        task: event.name ?? event.summary,
        agent: event.edge?.to ?? event.agent,
        output: word === "task.completed" ? event.output : undefined,
        duration_ms: event.durationMs,
      },
    ];
  };
}

const write: { readonly [type in CanonicalType]?: Write } = {
  "run.started": (event, runId) => ["run.started", { run_id: runId, started_at: momentOf(event), input: event.input ?? event.run?.query }],
  "run.completed": (event, runId) => [
    "run.completed",
    { run_id: runId, duration_ms: event.durationMs, result: event.output ?? event.text },
  ],
  "run.failed": failed,
  "run.expired": failed,
  "run.cancelled": (event, runId) => ["run.canceled", { run_id: runId, canceled_at: momentOf(event) }],
  "run.pausing": log("info", "Run pausing"),
  "run.paused": log("info", "Run paused"),
  "run.resumed": log("info", "Run resumed"),
  "run.cancelling": log("info", "Run canceling"),
  "run.updated": log("info"),
  "agent.started": agentStarted,
  "agent.completed": agentCompleted,
  "agent.failed": agentFailed,
  "role.assigned": log("info"),
  "team.recruited": log("info", "Team recruited"),
  "team.updated": log("info"),
  "team.retired": log("info", "Team retired"),
  "task.assigned": task("task.started"),
  "task.completed": task("task.completed"),
  "dependency.satisfied": log("info"),
  "delegation.started": delegationStarted,
  "delegation.completed": delegationCompleted,
  "message.sent": log("info"),
  "message.received": log("info"),
  "step.started": task("task.started"),
  "step.completed": task("task.completed"),
  "step.failed": log("error", "A step failed"),
  "tool.called": tool("tool.called", ["input"]),
  "tool.returned": tool("tool.result", ["output"]),
  "tool.failed": tool("tool.error", ["error"]),
  "model.completed": log("info"),
  "hook.completed": log("info"),
  "text.completed": log("info"),
  "artifact.created": (event) => [
    "artifact",
    { name: event.name, size: event.artifact?.bytes, content_type: event.artifact?.contentType, agent: event.agent },
  ],
  "workspace.updated": log("info"),
  "plan.updated": log("info", "Plan updated"),
  "log.written": written,
  "progress.reported": log("info"),
  "wait.reported": log("info"),
  "approval.requested": log("warning", "Waiting for a human"),
  "approval.decided": log("info", "A human decided"),
  "budget.crossed": log("warning", "Budget threshold crossed"),
  "error.occurred": log("error", "An error occurred"),
  "error.recovered": log("info", "Recovered from an error"),
};

/** The nearest type for another system's event; null for deltas, thoughts, heartbeats and what belongs to no run. */
export function encodeForeign(event: LoggedEvent, runId: string): CrewshipWords | null {
  const written = write[event.type]?.(event, runId) ?? null;
  return written === null ? null : { word: written[0], payload: defined(written[1]) as JsonObject };
}
