import { z } from "zod";
import { TaskMetadata } from "./task-reply";
import { taskStatusWords } from "./task-status";

const time = z.string().describe("RFC 3339, UTC");
const dollars = z.number().describe("Dollars, reported and estimated");
const status = z.enum(taskStatusWords);

const common = {
  session_id: z.string(),
  user_id: z.null().describe("Not in any event"),
  task_count: z.int(),
  tokens_used: z.int(),
  created_at: time,
  updated_at: time,
};

/** One entry of `GET /api/v1/sessions`. Titles, token budgets and the research flag are omitted: no event reports them. */
export const ShannonSessionListItem = z.object({
  ...common,
  last_activity_at: time,
  is_active: z.boolean().describe("An event arrived in the last day"),
  successful_tasks: z.int(),
  failed_tasks: z.int(),
  success_rate: z.number().describe("0 to 1"),
  total_cost_usd: dollars,
  average_cost_per_task: dollars,
  latest_task_query: z.string().optional(),
  latest_task_status: status.optional(),
});
export type ShannonSessionListItem = z.infer<typeof ShannonSessionListItem>;

/** `GET /api/v1/sessions/{id}`. */
export const ShannonSession = z.object({ ...common, cost_usd: dollars });
export type ShannonSession = z.infer<typeof ShannonSession>;

/** One entry of `GET /api/v1/sessions/{id}/history`. */
export const ShannonSessionTask = z.object({
  task_id: z.string(),
  workflow_id: z.string(),
  query: z.string(),
  status,
  mode: z.string().optional(),
  result: z.string().optional(),
  error_message: z.string().optional(),
  total_tokens: z.int(),
  total_cost_usd: z.number().describe("Dollars"),
  duration_ms: z.number().optional(),
  agents_used: z.int(),
  tools_invoked: z.int(),
  started_at: time,
  completed_at: time.optional(),
  metadata: TaskMetadata,
});
export type ShannonSessionTask = z.infer<typeof ShannonSessionTask>;

/** One entry of `GET /api/v1/sessions/{id}/events`. */
export const ShannonTurn = z.object({
  turn: z.int().describe("From 1, in the order the tasks began"),
  task_id: z.string(),
  user_query: z.string(),
  final_output: z.string(),
  timestamp: time,
  events: z.array(
    z.object({
      workflow_id: z.string(),
      type: z.string(),
      agent_id: z.string().optional(),
      message: z.string().optional(),
      timestamp: time,
      seq: z.int(),
      stream_id: z.string(),
      payload: z.string().optional().describe("JSON text, with include_payload=true"),
    }),
  ),
  metadata: z.object({
    tokens_used: z.int(),
    execution_time_ms: z.number().describe("Up to now if the task is still running"),
    agents_involved: z.array(z.string()),
  }),
});
export type ShannonTurn = z.infer<typeof ShannonTurn>;
