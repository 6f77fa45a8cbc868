import { z } from "zod";

const json = z.unknown().describe("Any JSON");
const time = z.string().describe("RFC 3339, UTC").nullable();
const message = z.object({ role: z.enum(["user", "assistant"]), content: json });

/** `GET /api/agents/runs/{run_id}`. */
export const PowabaseRun = z.object({
  id: z.string(),
  run_id: z.string(),
  session_id: z.string().nullable(),
  parent_orchestration_run_id: z.null(),
  parent_workflow_execution_id: z.null(),
  status: z.enum(["running", "completed", "failed", "cancelled"]),
  input_messages: z.array(message),
  output_messages: z.array(message),
  content: json,
  usage: z.object({
    prompt_tokens: z.number().describe("Cached tokens too"),
    completion_tokens: z.number(),
    total_tokens: z.number(),
    cached_tokens: z.number(),
  }),
  retrieved_context: z.null(),
  error: z.string().nullable(),
  started_at: time,
  completed_at: time,
  steps: z.number(),
  events: z.array(z.looseObject({ event: z.string(), type: z.string() })).describe("Without deltas"),
  tool_calls: z.array(z.object({ step: json, tool_name: json, arguments: json, result: json, duration_ms: json })),
  reasoning_steps: z.array(z.object({ step: json, content: json })),
  created_at: time,
  truncated: z
    .object({ after_seq: z.number(), last_seq: z.number(), rest: z.string() })
    .optional()
    .describe("Ours: where the listed events end, and the address of the others"),
});
