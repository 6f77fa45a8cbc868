import type { JsonObject } from "@/lib/core/json";
import { type Beginning, bodies, type Flow, later } from "./flow";

/** A session of numbered steps. Its stream counts tokens at the end and never names a price. */
export function resonantFlow({ run, at }: Beginning): Flow {
  const event = (number: number, type: string, fields: JsonObject): JsonObject => ({
    id: `evt_${run}_${number}`,
    type,
    created_at: later(at, number * 250),
    data: { session_id: run, ...fields },
    metadata: { organization_id: "org_789" },
  });
  const goal = `Research AI trends ${run}`;
  return {
    dialect: "resonant",
    run,
    name: goal,
    first: bodies(
      event(1, "session.started", { agent_id: "agent_456", goal, model: "gpt-4-turbo" }),
      event(2, "session.step.completed", { step_number: 1, step_type: "reasoning", duration_ms: 200 }),
    ),
    second: bodies(
      event(4, "session.step.completed", { step_number: 2, step_type: "tool_call", tool: "web_search", duration_ms: 300 }),
      event(5, "session.completed", { agent_id: "agent_456", status: "completed", steps: 2, tokens_used: 1250 }),
    ),
    halfway: { status: "Running", spans: ["reasoning"], tokens: "no tokens", cost: "no cost reported", said: [] },
    atEnd: { status: "Succeeded", spans: ["reasoning", "web_search"], tokens: "1.3k", cost: "unpriced", said: [] },
    failure: {
      wire: {
        body: event(4, "session.failed", { agent_id: "agent_456", error_code: "timeout", error_message: "Timed out after 300 seconds" }),
      },
      reason: "Timed out after 300 seconds",
    },
    question: null,
  };
}
