import type { JsonObject } from "@/lib/core/json";
import { type Beginning, bodies, type Flow, later } from "./flow";

type Events = (seq: number, type: string, agent: string, rest: JsonObject) => JsonObject;

const eventsOf =
  ({ run, at }: Beginning): Events =>
  (seq, type, agent, rest) => ({ workflow_id: run, type, agent_id: agent, timestamp: later(at, seq * 250), seq, ...rest });

/** Two agents look at sales figures. */
export function shannonFlow(beginning: Beginning): Flow {
  const event = eventsOf(beginning);
  const query = `Analyze Q4 sales data ${beginning.run}`;
  return {
    dialect: "shannon",
    run: beginning.run,
    name: query,
    first: bodies(
      event(1, "WORKFLOW_STARTED", "orchestrator", { message: "Workflow started", payload: { query, mode: "STANDARD" } }),
      event(2, "AGENT_STARTED", "data-analyst", { message: "Agent started", payload: { role: "data-analyst" } }),
      event(3, "AGENT_THINKING", "data-analyst", { message: "I need to load the file first" }),
      event(4, "TOOL_INVOKED", "data-analyst", { payload: { tool_name: "csv_loader", tool_args: { path: "/data/q4.csv" } } }),
    ),
    second: bodies(
      event(6, "TOOL_OBSERVATION", "data-analyst", { payload: { tool_name: "csv_loader", result: { rows: 15000 }, duration_ms: 450 } }),
      event(7, "LLM_OUTPUT", "data-analyst", {
        message: "Revenue increased 15% over the year.",
        payload: { model: "gpt-5", usage: { total_tokens: 350, input_tokens: 200, output_tokens: 150 }, cost_usd: 0.0105 },
      }),
      event(8, "AGENT_COMPLETED", "data-analyst", { payload: { result: "done", tokens_used: 1200, cost_usd: 0.018 } }),
      event(9, "WORKFLOW_COMPLETED", "orchestrator", { payload: { result: "done", total_tokens: 5420, total_cost_usd: 0.0814 } }),
    ),
    halfway: {
      status: "Running",
      spans: ["data-analyst", "csv_loader"],
      tokens: "no tokens",
      cost: "no cost reported",
      said: ["I need to load the file first"],
    },
    atEnd: {
      status: "Succeeded",
      spans: ["data-analyst", "csv_loader", "gpt-5"],
      tokens: "5.4k",
      cost: "$0.0814",
      said: ["I need to load the file first", "Revenue increased 15% over the year."],
    },
    failure: {
      wire: {
        body: event(6, "WORKFLOW_FAILED", "orchestrator", {
          payload: { error: "PROVIDER_DOWN", error_message: "The provider returned 529" },
        }),
      },
      reason: "The provider returned 529",
    },
    question: {
      ask: {
        body: event(6, "APPROVAL_REQUESTED", "data-analyst", {
          message: "May I overwrite the file?",
          payload: { approval_id: "appr-1", tool_name: "file_write", risk_level: "HIGH", details: { file_path: "/data/critical.db" } },
        }),
      },
      answer: {
        body: event(7, "APPROVAL_DECISION", "orchestrator", {
          message: "Approval granted",
          payload: { approval_id: "appr-1", decision: "approved", approved_by: "user-456" },
        }),
      },
      after: "Running",
      words: ["file_write", "HIGH", "May I overwrite the file?"],
    },
  };
}
