import { z } from "zod";

const json = z.unknown().describe("Any JSON");
const time = z.string().describe("RFC 3339, UTC").nullable();
const message = z.object({ role: z.enum(["user", "assistant"]), content: json });
const usage = z.object({
  prompt_tokens: z.int().describe("Includes cached tokens"),
  completion_tokens: z.int(),
  total_tokens: z.int(),
  cached_tokens: z.int(),
});
const events = z.array(z.looseObject({ event: z.string(), type: z.string() })).describe("Without deltas");
const toolCalls = z.array(z.object({ step: json, tool_name: json, arguments: json, result: json, duration_ms: json }));
const status = z.enum(["running", "completed", "failed", "cancelled"]);
const truncated = z
  .object({ after_seq: z.int(), last_seq: z.int(), rest: z.string() })
  .optional()
  .describe("Added by Watchfloor: where the listed events stop, and the address of the rest");

/** `GET /api/agents/runs/{run_id}`. */
export const PowabaseRun = z.object({
  id: z.string(),
  run_id: z.string(),
  session_id: z.string().nullable(),
  parent_orchestration_run_id: z.null(),
  parent_workflow_execution_id: z.null(),
  status,
  input_messages: z.array(message),
  output_messages: z.array(message),
  content: json,
  usage,
  retrieved_context: z.null(),
  error: z.string().nullable(),
  started_at: time,
  completed_at: time,
  steps: z.int(),
  events,
  tool_calls: toolCalls,
  reasoning_steps: z.array(z.object({ step: json, content: json })),
  created_at: time,
  truncated,
});

/** `GET /api/orchestrations/runs/{run_id}`. */
export const PowabaseOrchestrationRun = z.object({
  run_id: z.string(),
  orchestration_id: z.null().describe("Not in any event"),
  status,
  content: json,
  events,
  usage,
  model: z.string().nullable(),
  error: z.string().nullable(),
  started_at: time,
  completed_at: time,
  child_runs: z.array(
    z.object({
      run_id: z.string().nullable(),
      status: z.string().nullable().describe("null if the orchestration ended without mentioning it"),
      steps: json,
      content: json,
      events,
      tool_calls: toolCalls,
      usage: usage.partial().extend({ cost_usd: z.number().optional() }).nullable(),
      model: z.string().nullable(),
    }),
  ),
  truncated,
});
