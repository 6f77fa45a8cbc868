import type { JsonObject } from "@/lib/core/json";
import { type Beginning, bodies, type Flow, later } from "./flow";

/** An agent of two steps that calls one tool and answers piece by piece. */
export function powabaseFlow({ run, at }: Beginning): Flow {
  const engine = (seq: number, event: string, rest: JsonObject): JsonObject => ({
    event,
    type: event,
    seq,
    ts: later(at, seq * 250),
    ...rest,
  });
  return {
    dialect: "powabase",
    run,
    name: run,
    first: bodies(
      { event: "start", run_id: run, session_id: `${run}-session` },
      engine(1, "step_started", { step: 1 }),
      engine(2, "tool_call", { step: 1, tool_name: "get_weather", arguments: { city: "Zurich" }, call_id: "call_1" }),
    ),
    second: bodies(
      engine(4, "tool_result", { step: 1, tool_name: "get_weather", call_id: "call_1", result: "12 degrees", duration_ms: 500 }),
      engine(5, "step_completed", { step: 1, finish_reason: "tool_calls" }),
      { event: "content_delta", delta: "It is " },
      { event: "content_delta", delta: "12 degrees in Zurich." },
      {
        event: "complete",
        run_id: run,
        session_id: `${run}-session`,
        status: "completed",
        content: "It is 12 degrees in Zurich.",
        usage: { prompt_tokens: 1500, completion_tokens: 45, total_tokens: 1545, model: "gpt-4o", cost_usd: 0.0042 },
      },
    ),
    halfway: { status: "Running", spans: ["Step 1", "get_weather"], tokens: "no tokens", cost: "no cost reported", said: ["get_weather"] },
    atEnd: {
      status: "Succeeded",
      spans: ["Step 1", "get_weather"],
      tokens: "1.5k",
      cost: "$0.0042",
      said: ["get_weather", "It is 12 degrees in Zurich."],
    },
    failure: { wire: { body: { event: "error", error: "Rate limit exceeded", run_id: run } }, reason: "Rate limit exceeded" },
    question: {
      ask: {
        body: engine(3, "approval_requested", {
          tool_name: "get_weather",
          tool_input: { city: "Zurich" },
          message: "Tool 'get_weather' requires approval",
        }),
      },
      // Powabase has no event for a decision: what its tool came to tells of it.
      answer: { body: engine(4, "tool_result", { step: 1, tool_name: "get_weather", call_id: "call_1", result: "12 degrees" }) },
      after: "Running",
      words: ["get_weather", "requires approval"],
    },
  };
}
