import { budgetEntries } from "../shared/budget-rules";
import type { CatalogueEntry } from "../shared/catalogue-entry";
import { catalogueOf } from "../shared/catalogue-of";
import { doneMark } from "../shared/done-mark";

const seedAgent = catalogueOf("seed", "Agent", [
  ["start", "run.started", "Agent run has started"],
  ["step_started", "step.started", "Agent starts a reasoning step"],
  ["chunk", "text.completed", "Piece of the response, joined to the previous piece; the engine sends the whole as one, after its deltas"],
  ["tool_call", "tool.called", "Agent calls a tool"],
  ["tool_result", "tool.returned", "Tool finished; if blocked or refused, it counts as failed"],
  ["step_completed", "step.completed", "Agent finished a reasoning step"],
  ["approval_requested", "approval.requested", "Tool call is waiting for approval"],
  ["complete", "run.completed", "Agent run finished; its status may make it a failure or a cancellation"],
  ["error", "run.failed", "Error during execution"],
]);

const realAgent = catalogueOf("real", "Agent", [
  ["content_delta", "text.streamed", "Piece of the response"],
  ["reasoning_delta", "agent.thought", "Piece of the reasoning"],
  ["reasoning", "agent.thought", "Reasoning of a step"],
  ["reasoning_summary", "agent.thought", "Summary of the reasoning"],
  ["step_reset", "log.written", "Step discarded and restarted"],
  ["model_fallback", "log.written", "Another model took over"],
  ["hook_result", "hook.completed", "Hook completed"],
  ["proactive_compact", "log.written", "Context compacted ahead of the limit"],
  ["reactive_compact", "log.written", "Context compacted at the limit"],
  ["reactive_truncate", "log.written", "Context truncated at the limit"],
  ["compaction", "log.written", "Context compacted"],
  ["output_recovery", "error.recovered", "Unusable output; tried again"],
  ["context_handler_created", "log.written", "Context handler created"],
  ["reasoning_dropped_at_provider_switch", "log.written", "Reasoning dropped when switching providers"],
  ["on_run_complete", "run.updated", "Engine is done; `complete` follows"],
]);

const seedOrchestration = catalogueOf("seed", "Orchestration", [
  ["delegation_start", "delegation.started", "Coordinator delegates work to an agent", "delegation_started"],
  ["entity_chunk", "text.streamed", "Piece of a delegate's response"],
]);

const realOrchestration = catalogueOf("real", "Orchestration", [
  ["orchestration_started", "run.updated", "Strategy and name of the orchestration"],
  ["sequential_step", "progress.reported", "Next agent of a sequence"],
  ["delegation_started", "delegation.started", "Coordinator delegates work to an agent"],
  ["delegation_completed", "delegation.completed", "Agent returns its result, with its usage"],
  ["orchestration_completed", "run.updated", "Orchestration is done; `complete` follows"],
]);

const seedWorkflow = catalogueOf("seed", "Workflow", [
  ["block_started", "step.started", "Block starts", "block_start"],
  ["block_output", "text.streamed", "Output of a block", "block_chunk"],
  ["block_completed", "step.completed", "Block finished", "block_complete"],
]);

const realWorkflow = catalogueOf("real", "Workflow", [
  ["block_start", "step.started", "Block starts"],
  ["block_chunk", "text.streamed", "Piece of a block's output"],
  ["block_complete", "step.completed", "Block finished"],
  ["block_error", "step.failed", "Block failed"],
  ["done", "run.completed", "Workflow finished"],
]);

const hooks = catalogueOf("real", "HTTP hook", [
  ["OnRunStart", "run.started", "Run is about to start"],
  ["PreToolUse", "tool.called", "Tool is about to be called"],
  ["OnDelegation", "delegation.started", "Work is about to be delegated"],
  ["PostToolUse", "tool.returned", "Tool has returned"],
  ["PreResponse", "text.completed", "Response is about to be sent"],
  ["OnRunComplete", "run.completed", "Run has ended"],
]);

const marks = catalogueOf("alias", "Stream", [[doneMark, "stream.ended", "Bare word after the last frame"]]);

/** Bodies that Powabase posts to an HTTP hook: requests to us, not frames of a stream. */
export const hookTypes: ReadonlySet<string> = new Set(hooks.map((entry) => entry.type));

/** Every type of the agent, orchestration and workflow streams and of the HTTP hooks. */
export const catalogue: readonly CatalogueEntry[] = [
  ...seedAgent,
  ...realAgent,
  ...seedOrchestration,
  ...realOrchestration,
  ...seedWorkflow,
  ...realWorkflow,
  ...hooks,
  ...marks,
  ...budgetEntries,
];
