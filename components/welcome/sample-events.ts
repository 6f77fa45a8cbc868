import type { Dialect } from "@/lib/core/dialect";
import type { JsonObject } from "@/lib/core/json";

type Sample = { readonly run: string; readonly at: Date };

const later = (at: Date, ms: number) => new Date(at.getTime() + ms).toISOString();

/** A short whole run in each system's own words: a start, a tool call, an end. */
export const sampleEvents: Record<Dialect, (sample: Sample) => readonly JsonObject[]> = {
  shannon: ({ run, at }) => {
    const event = (seq: number, type: string, rest: JsonObject) => ({
      workflow_id: run,
      type,
      timestamp: later(at, seq * 400),
      seq,
      ...rest,
    });
    return [
      event(1, "WORKFLOW_STARTED", { agent_id: "orchestrator", message: "Say hello", payload: { query: "Say hello to the watch floor" } }),
      event(2, "TOOL_INVOKED", { agent_id: "greeter", payload: { tool_name: "greet", tool_args: { whom: "watch floor" } } }),
      event(3, "TOOL_OBSERVATION", { agent_id: "greeter", payload: { tool_name: "greet", result: "hello", duration_ms: 400 } }),
      event(4, "WORKFLOW_COMPLETED", { agent_id: "orchestrator", payload: { result: "hello", total_tokens: 42, total_cost_usd: 0.0004 } }),
    ];
  },
  "agent-os": ({ run, at }) => {
    const event = (step: number, type: string, payload: JsonObject) => ({
      event_type: type,
      sdk_run_id: run,
      occurred_at: later(at, step * 400),
      payload,
    });
    return [
      { ...event(0, "run_start", { framework: "langgraph", input: { query: "Say hello to the watch floor" } }), agent_name: "greeter" },
      event(1, "tool_call", { tool_name: "greet", phase: "end", input_preview: "watch floor", output_preview: "hello", duration_ms: 400 }),
      event(2, "run_end", {
        output: { answer: "hello" },
        prompt_tokens: 30,
        completion_tokens: 12,
        total_tokens: 42,
        cost_usd: 0.0004,
        model: "gpt-4",
      }),
    ];
  },
  powabase: ({ run }) => {
    const event = (word: string, rest: JsonObject): JsonObject => ({ event: word, run_id: run, ...rest });
    return [
      event("start", { session_id: `${run}-session` }),
      event("step_started", { step: 1 }),
      event("tool_call", { tool_name: "greet", arguments: { whom: "watch floor" } }),
      event("tool_result", { tool_name: "greet", result: "hello" }),
      event("step_completed", { step: 1 }),
      event("complete", {}),
    ];
  },
  crewship: ({ run, at }) => {
    const event = (type: string, rest: JsonObject): JsonObject => ({ type, payload: { run_id: run, ...rest } });
    return [
      event("run.started", { started_at: later(at, 0) }),
      event("agent.started", { agent: "Greeter", task: "Say hello to the watch floor" }),
      event("tool.called", { tool: "greet", input: "watch floor" }),
      event("tool.result", { tool: "greet", output: "hello" }),
      event("run.completed", { duration_ms: 1200, result: "hello" }),
    ];
  },
  resonant: ({ run, at }) => {
    const event = (step: number, type: string, rest: JsonObject) => ({
      id: `${run}-${step}`,
      type,
      created_at: later(at, step * 600),
      data: { session_id: run, agent_id: "greeter", ...rest },
    });
    return [
      event(0, "session.started", { goal: "Say hello to the watch floor", model: "gpt-4-turbo" }),
      event(1, "session.completed", { status: "completed", steps: 1, duration_ms: 1200, tokens_used: 42 }),
    ];
  },
};

/** The id of a sample run: one of its own for each moment, as events with a known id and other times would be refused. */
export function sampleRun(at: Date): string {
  return `hello-${at.getTime().toString(36)}`;
}

/** Where a dialect's events are sent. */
export function doorPath(dialect: Dialect): string {
  return dialect === "agent-os" ? "/api/ingest" : `/api/ingest/${dialect}`;
}
