import { z } from "zod";
import { taskStatusWords } from "./task-status";

const status = z.enum(taskStatusWords.map((word) => `TASK_STATUS_${word}` as const));
const tokenUsage = z.object({
  total_tokens: z.int(),
  cost_usd: z.number().describe("Dollars"),
  prompt_tokens: z.int().describe("Includes cached tokens"),
  completion_tokens: z.int(),
});
const time = z.string().describe("RFC 3339, UTC");

/** One entry of `GET /api/v1/tasks`. */
export const ShannonTaskListItem = z.object({
  task_id: z.string(),
  query: z.string().nullable(),
  status,
  mode: z.string(),
  created_at: time,
  completed_at: time.optional(),
  total_token_usage: tokenUsage,
});
export type ShannonTaskListItem = z.infer<typeof ShannonTaskListItem>;

/** A task's duration, tokens and cost, by model and in total. */
export const TaskMetadata = z.object({
  model_breakdown: z.array(
    z.object({
      model: z.string(),
      provider: z.string(),
      executions: z.int(),
      tokens: z.int(),
      cost_usd: z.number(),
      percentage: z.number().describe("Share of the tokens"),
    }),
  ),
  num_agents: z.int(),
  tool_calls: z.int(),
  duration_ms: z.number().nullable(),
});

/** `GET /api/v1/tasks/{id}`. */
export const ShannonTask = z.object({
  task_id: z.string(),
  workflow_id: z.string(),
  status,
  result: z.string(),
  response: z.record(z.string(), z.unknown()).describe("The result, if it is a JSON object"),
  error: z.string(),
  created_at: time,
  updated_at: time,
  completed_at: time.optional(),
  query: z.string().nullable(),
  session_id: z.string(),
  mode: z.string(),
  context: z.object({}),
  model_used: z.string(),
  provider: z.string(),
  usage: z.object({
    total_tokens: z.int(),
    input_tokens: z.int(),
    output_tokens: z.int(),
    estimated_cost: z.number().describe("Dollars"),
  }),
  total_token_usage: tokenUsage,
  metadata: TaskMetadata,
});
export type ShannonTask = z.infer<typeof ShannonTask>;
