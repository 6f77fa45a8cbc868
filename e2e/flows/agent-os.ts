import type { JsonObject } from "@/lib/core/json";
import { type Beginning, bodies, type Flow, later } from "./flow";

/** A graph of one node that searches the web. */
export function agentOsFlow({ run, at }: Beginning): Flow {
  const event = (step: number, type: string, payload: JsonObject): JsonObject => ({
    event_type: type,
    sdk_run_id: run,
    occurred_at: later(at, step * 250),
    agent_name: `research-agent-${run}`,
    payload,
  });
  const query = `What is the weather in Zurich? ${run}`;
  return {
    dialect: "agent-os",
    run,
    name: query,
    first: bodies(
      event(0, "run_start", { framework: "langgraph", input: { query } }),
      event(1, "step", { node_name: "search_web", phase: "start" }),
      event(2, "tool_call", { tool_name: "web_search", phase: "start", input_preview: "Zurich weather today" }),
    ),
    second: bodies(
      event(4, "tool_call", { tool_name: "web_search", phase: "end", output_preview: "12°C, cloudy", duration_ms: 500 }),
      event(5, "step", { node_name: "search_web", phase: "end", duration_ms: 1000, output: { results: ["12°C, cloudy"] } }),
      event(6, "run_end", {
        output: { answer: "It is 12°C and cloudy." },
        prompt_tokens: 150,
        completion_tokens: 45,
        total_tokens: 195,
        cost_usd: 0.0023,
        model: "gpt-4",
      }),
    ),
    halfway: {
      status: "Running",
      spans: ["search_web", "web_search"],
      tokens: "no tokens",
      cost: "no cost reported",
      said: ["web_search"],
    },
    atEnd: {
      status: "Succeeded",
      spans: ["search_web", "web_search"],
      tokens: "195",
      cost: "$0.0023",
      said: ["web_search", "It is 12°C and cloudy."],
    },
    failure: {
      wire: { body: event(4, "error", { error_type: "ValueError", error_message: "API rate limit exceeded", traceback: "Traceback ..." }) },
      reason: "API rate limit exceeded",
    },
    question: {
      ask: { body: event(4, "human_input_requested", { question: "Deploy to production?", context: { changes: 5 }, channel: "slack" }) },
      answer: { body: event(5, "human_input_received", { response: "yes", responded_by: "tobias" }) },
      after: "Running",
      words: ["Deploy to production?"],
    },
  };
}
