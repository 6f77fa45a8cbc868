import type { CatalogueEntry } from "../shared/catalogue-entry";
import { catalogueOf } from "../shared/catalogue-of";

/** The 37 types of Shannon's published catalogue. */
const seed: readonly CatalogueEntry[] = [
  ...catalogueOf("seed", "Workflow", [
    ["WORKFLOW_STARTED", "run.started", "Task starts"],
    ["WORKFLOW_COMPLETED", "run.completed", "Task ends; a failure status in the payload makes it a failure"],
  ]),
  ...catalogueOf("seed", "Workflow control", [
    ["WORKFLOW_PAUSING", "run.pausing", "Pause requested; the workflow is preparing"],
    ["WORKFLOW_PAUSED", "run.paused", "Paused at a checkpoint"],
    ["WORKFLOW_RESUMED", "run.resumed", "Resumed after a pause"],
    ["WORKFLOW_CANCELLING", "run.cancelling", "Cancel requested; the workflow is preparing"],
    ["WORKFLOW_CANCELLED", "run.cancelled", "Cancelled at a checkpoint"],
  ]),
  ...catalogueOf("seed", "Agent", [
    ["AGENT_STARTED", "agent.started", "Agent starts its subtask"],
    ["AGENT_THINKING", "agent.thought", "Agent reasons or plans"],
    ["AGENT_COMPLETED", "agent.completed", "Agent finished its subtask"],
    ["AGENT_FAILED", "agent.failed", "Agent encountered an error"],
  ]),
  ...catalogueOf("seed", "Tool", [
    ["TOOL_INVOKED", "tool.called", "Tool is called"],
    ["TOOL_OBSERVATION", "tool.returned", "Agent observes the result of a tool"],
  ]),
  ...catalogueOf("seed", "Team", [
    ["TEAM_RECRUITED", "team.recruited", "Team of agents assembled"],
    ["TEAM_RETIRED", "team.retired", "Team disbanded"],
    ["TEAM_STATUS", "team.updated", "Coordination update"],
    ["DEPENDENCY_SATISFIED", "dependency.satisfied", "A subtask may proceed"],
    ["DELEGATION", "delegation.started", "Task delegated to another agent"],
  ]),
  ...catalogueOf("seed", "Message", [
    ["MESSAGE_SENT", "message.sent", "Agent sends a message"],
    ["MESSAGE_RECEIVED", "message.received", "Agent receives a message"],
  ]),
  ...catalogueOf("seed", "LLM", [
    ["LLM_PROMPT", "model.prompted", "Prompt sent to the model"],
    ["LLM_PARTIAL", "model.streamed", "Piece of the model's output"],
    ["LLM_OUTPUT", "model.completed", "The model's whole output, with tokens and cost"],
  ]),
  ...catalogueOf("seed", "Progress", [
    ["PROGRESS", "progress.reported", "Progress of the task"],
    ["DATA_PROCESSING", "progress.reported", "Records being worked on"],
    ["WAITING", "wait.reported", "Waiting for a resource or a dependency"],
  ]),
  ...catalogueOf("seed", "System", [
    ["ERROR_OCCURRED", "error.occurred", "Error during execution"],
    ["ERROR_RECOVERY", "error.recovered", "Attempt to recover from an error"],
    ["APPROVAL_REQUESTED", "approval.requested", "A human must approve"],
    ["APPROVAL_DECISION", "approval.decided", "A human has decided"],
    ["WORKSPACE_UPDATED", "workspace.updated", "Working memory changed"],
    ["ROLE_ASSIGNED", "role.assigned", "Agent was assigned a role"],
    ["STATUS_UPDATE", "run.updated", "General status of the task"],
    ["BUDGET_THRESHOLD", "budget.crossed", "Token budget crossed a warning threshold"],
  ]),
  ...catalogueOf("seed", "Stream", [
    ["THREAD_MESSAGE_DELTA", "text.streamed", "Piece of a message"],
    ["THREAD_MESSAGE_COMPLETED", "text.completed", "Whole message"],
    ["STREAM_END", "stream.ended", "No more events for this workflow"],
  ]),
];

/** Sent by the running system, but not in its published catalogue. */
const real: readonly CatalogueEntry[] = [
  ...catalogueOf("real", "Plan", [
    ["TASKLIST_UPDATED", "plan.updated", "Shared task list of a swarm changed"],
    ["LEAD_DECISION", "plan.updated", "Lead agent chose its next actions"],
    ["LEAD_TOOL_CALL", "plan.updated", "Lead agent uses a tool while planning"],
    ["RESEARCH_PLAN_READY", "plan.updated", "Research plan awaits review"],
    ["RESEARCH_PLAN_UPDATED", "plan.updated", "Research plan changed after feedback"],
    ["RESEARCH_PLAN_APPROVED", "plan.updated", "Research plan was approved"],
  ]),
  ...catalogueOf("real", "Message", [
    ["REVIEW_USER_FEEDBACK", "message.received", "A person comments on the plan"],
    ["HITL_RESPONSE", "message.received", "A person answers the agents"],
  ]),
  ...catalogueOf("real", "Artifact", [["SCREENSHOT_SAVED", "artifact.created", "Browser screenshot stored"]]),
  ...catalogueOf("real", "System", [["WARNING", "log.written", "Something went wrong, but the task continues"]]),
];

/** Names that Shannon's clients listen for, and the names that its SSE stream writes instead of the stored ones. */
const aliases: readonly CatalogueEntry[] = [
  ...catalogueOf("alias", "Workflow", [
    ["WORKFLOW_FAILED", "run.failed", "Used by the Python client; the workflow failed"],
    ["TASK_COMPLETED", "run.completed", "Used by clients; the task or a subtask is done"],
  ]),
  ...catalogueOf("alias", "Tool", [
    ["TOOL_STARTED", "tool.called", "Used by the desktop client; tool is called"],
    ["TOOL_COMPLETED", "tool.returned", "Used by the desktop client; tool returned"],
    ["TOOL_FAILED", "tool.failed", "Tool encountered an error"],
    ["TOOL_ERROR", "tool.failed", "Tool encountered an error"],
  ]),
  ...catalogueOf("alias", "System", [
    ["BUDGET_UPDATE", "run.updated", "Budget status, crossed or not"],
    ["error", "error.occurred", "SSE name of ERROR_OCCURRED", "ERROR_OCCURRED"],
  ]),
  ...catalogueOf("alias", "Progress", [["SYNTHESIS", "progress.reported", "Results are being combined"]]),
  ...catalogueOf("alias", "Agent", [["REFLECTION", "agent.thought", "Agent evaluates its own work"]]),
  ...catalogueOf("alias", "Stream", [
    ["HEARTBEAT", "heartbeat.received", "Sign of life"],
    ["PING", "heartbeat.received", "Sign of life"],
    ["thread.message.delta", "model.streamed", "SSE name of LLM_PARTIAL", "LLM_PARTIAL"],
    ["thread.message.completed", "model.completed", "SSE name of LLM_OUTPUT", "LLM_OUTPUT"],
    ["done", "stream.ended", "SSE name of STREAM_END", "STREAM_END"],
    ["[DONE]", "stream.ended", "Data of the last frame, passed on by relays as an event", "STREAM_END"],
  ]),
  ...catalogueOf("alias", "Workflow control", [
    ["workflow.pausing", "run.pausing", "SSE name of WORKFLOW_PAUSING", "WORKFLOW_PAUSING"],
    ["workflow.paused", "run.paused", "SSE name of WORKFLOW_PAUSED", "WORKFLOW_PAUSED"],
    ["workflow.resumed", "run.resumed", "SSE name of WORKFLOW_RESUMED", "WORKFLOW_RESUMED"],
    ["workflow.cancelling", "run.cancelling", "SSE name of WORKFLOW_CANCELLING", "WORKFLOW_CANCELLING"],
    ["workflow.cancelled", "run.cancelled", "SSE name of WORKFLOW_CANCELLED", "WORKFLOW_CANCELLED"],
  ]),
];

/** Every word that Shannon is known to use for an event, with its meaning. */
export const catalogue: readonly CatalogueEntry[] = [...seed, ...real, ...aliases];

const byName = new Map(catalogue.map((entry) => [entry.type.toLowerCase(), entry]));
const longestName = Math.max(...catalogue.map((entry) => entry.type.length));

/** The catalogue's entry for a word, case-insensitive; undefined if it is not listed. */
export function catalogueEntry(word: string): CatalogueEntry | undefined {
  const name = word.trim();
  return name.length > longestName ? undefined : byName.get(name.toLowerCase());
}
