import type { CanonicalType } from "../../core/events/canonical";
import type { CatalogueEntry } from "../shared/catalogue-entry";

type Row = readonly [type: string, canonical: CanonicalType, category: string, description: string, storedAs?: string];

/** The 37 types of Shannon's published catalogue. */
const seed: readonly Row[] = [
  ["WORKFLOW_STARTED", "run.started", "Workflow", "Task begins execution"],
  ["WORKFLOW_COMPLETED", "run.completed", "Workflow", "Task ends; a failure status in the payload makes it a failure"],
  ["WORKFLOW_PAUSING", "run.pausing", "Workflow control", "Pause asked for, the workflow prepares"],
  ["WORKFLOW_PAUSED", "run.paused", "Workflow control", "Paused at a checkpoint"],
  ["WORKFLOW_RESUMED", "run.resumed", "Workflow control", "Goes on after a pause"],
  ["WORKFLOW_CANCELLING", "run.cancelling", "Workflow control", "Cancel asked for, the workflow prepares"],
  ["WORKFLOW_CANCELLED", "run.cancelled", "Workflow control", "Cancelled at a checkpoint"],
  ["AGENT_STARTED", "agent.started", "Agent", "Agent begins its subtask"],
  ["AGENT_THINKING", "agent.thought", "Agent", "Agent reasons or plans"],
  ["AGENT_COMPLETED", "agent.completed", "Agent", "Agent finished its subtask"],
  ["AGENT_FAILED", "agent.failed", "Agent", "Agent met an error"],
  ["TOOL_INVOKED", "tool.called", "Tool", "Tool is called"],
  ["TOOL_OBSERVATION", "tool.returned", "Tool", "Agent observes the result of a tool"],
  ["TEAM_RECRUITED", "team.recruited", "Team", "Team of agents assembled"],
  ["TEAM_RETIRED", "team.retired", "Team", "Team disbanded"],
  ["TEAM_STATUS", "team.updated", "Team", "Coordination update"],
  ["DEPENDENCY_SATISFIED", "dependency.satisfied", "Team", "A subtask may proceed"],
  ["DELEGATION", "delegation.started", "Team", "Task handed to another agent"],
  ["MESSAGE_SENT", "message.sent", "Message", "Agent sends a message"],
  ["MESSAGE_RECEIVED", "message.received", "Message", "Agent receives a message"],
  ["LLM_PROMPT", "model.prompted", "LLM", "Prompt sent to the model"],
  ["LLM_PARTIAL", "model.streamed", "LLM", "Piece of the model's output"],
  ["LLM_OUTPUT", "model.completed", "LLM", "Model's whole output, with tokens and cost"],
  ["PROGRESS", "progress.reported", "Progress", "Progress of the task"],
  ["DATA_PROCESSING", "progress.reported", "Progress", "Records being worked on"],
  ["WAITING", "wait.reported", "Progress", "Waits for a resource or a dependency"],
  ["ERROR_OCCURRED", "error.occurred", "System", "Error during execution"],
  ["ERROR_RECOVERY", "error.recovered", "System", "Attempt to recover from an error"],
  ["APPROVAL_REQUESTED", "approval.requested", "System", "A human must approve"],
  ["APPROVAL_DECISION", "approval.decided", "System", "A human has decided"],
  ["WORKSPACE_UPDATED", "workspace.updated", "System", "Working memory changed"],
  ["ROLE_ASSIGNED", "role.assigned", "System", "Agent got a role"],
  ["STATUS_UPDATE", "run.updated", "System", "General status of the task"],
  ["BUDGET_THRESHOLD", "budget.crossed", "System", "Token budget crossed a warning threshold"],
  ["THREAD_MESSAGE_DELTA", "text.streamed", "Stream", "Piece of a message"],
  ["THREAD_MESSAGE_COMPLETED", "text.completed", "Stream", "Whole message"],
  ["STREAM_END", "stream.ended", "Stream", "No more events for this workflow"],
];

/** Sent by the running system, not in its published catalogue. */
const real: readonly Row[] = [
  ["TASKLIST_UPDATED", "plan.updated", "Plan", "Shared task list of a swarm changed"],
  ["LEAD_DECISION", "plan.updated", "Plan", "Lead agent chose its next actions"],
  ["LEAD_TOOL_CALL", "plan.updated", "Plan", "Lead agent uses a tool while planning"],
  ["RESEARCH_PLAN_READY", "plan.updated", "Plan", "Research plan awaits review"],
  ["RESEARCH_PLAN_UPDATED", "plan.updated", "Plan", "Research plan changed after feedback"],
  ["RESEARCH_PLAN_APPROVED", "plan.updated", "Plan", "Research plan was approved"],
  ["REVIEW_USER_FEEDBACK", "message.received", "Message", "A person comments on the plan"],
  ["HITL_RESPONSE", "message.received", "Message", "A person answers the agents"],
  ["SCREENSHOT_SAVED", "artifact.created", "Artifact", "Browser screenshot stored"],
  ["WARNING", "log.written", "System", "Something is off but goes on"],
];

/** Names that Shannon's clients listen for, and the names its SSE stream writes in place of the stored ones. */
const aliases: readonly Row[] = [
  ["WORKFLOW_FAILED", "run.failed", "Workflow", "Named by the Python client; the workflow failed"],
  ["TASK_COMPLETED", "run.completed", "Workflow", "Named by clients; the task or one subtask is done"],
  ["TOOL_STARTED", "tool.called", "Tool", "Named by the desktop client; tool is called"],
  ["TOOL_COMPLETED", "tool.returned", "Tool", "Named by the desktop client; tool answered"],
  ["TOOL_FAILED", "tool.failed", "Tool", "Tool met an error"],
  ["TOOL_ERROR", "tool.failed", "Tool", "Tool met an error"],
  ["BUDGET_UPDATE", "run.updated", "System", "State of the budget, crossed or not"],
  ["SYNTHESIS", "progress.reported", "Progress", "Results are being combined"],
  ["REFLECTION", "agent.thought", "Agent", "Agent judges its own work"],
  ["HEARTBEAT", "heartbeat.received", "Stream", "Sign of life"],
  ["PING", "heartbeat.received", "Stream", "Sign of life"],
  ["thread.message.delta", "model.streamed", "Stream", "SSE name of LLM_PARTIAL", "LLM_PARTIAL"],
  ["thread.message.completed", "model.completed", "Stream", "SSE name of LLM_OUTPUT", "LLM_OUTPUT"],
  ["workflow.pausing", "run.pausing", "Workflow control", "SSE name of WORKFLOW_PAUSING", "WORKFLOW_PAUSING"],
  ["workflow.paused", "run.paused", "Workflow control", "SSE name of WORKFLOW_PAUSED", "WORKFLOW_PAUSED"],
  ["workflow.resumed", "run.resumed", "Workflow control", "SSE name of WORKFLOW_RESUMED", "WORKFLOW_RESUMED"],
  ["workflow.cancelling", "run.cancelling", "Workflow control", "SSE name of WORKFLOW_CANCELLING", "WORKFLOW_CANCELLING"],
  ["workflow.cancelled", "run.cancelled", "Workflow control", "SSE name of WORKFLOW_CANCELLED", "WORKFLOW_CANCELLED"],
  ["error", "error.occurred", "System", "SSE name of ERROR_OCCURRED", "ERROR_OCCURRED"],
  ["done", "stream.ended", "Stream", "SSE name of STREAM_END", "STREAM_END"],
];

function entries(rows: readonly Row[], origin: CatalogueEntry["origin"]): CatalogueEntry[] {
  return rows.map(([type, canonical, category, description, storedAs]) => ({
    type,
    canonical,
    category,
    description,
    origin,
    ...(storedAs === undefined ? {} : { storedAs }),
  }));
}

/** Every word Shannon is known to use for an event, with what it means. */
export const catalogue: readonly CatalogueEntry[] = [...entries(seed, "seed"), ...entries(real, "real"), ...entries(aliases, "alias")];

const byName = new Map(catalogue.map((entry) => [entry.type.toLowerCase(), entry]));
const longestName = Math.max(...catalogue.map((entry) => entry.type.length));

/** The catalogue's entry for a word, in any case; undefined for a word that nobody lists. */
export function catalogueEntry(word: string): CatalogueEntry | undefined {
  const name = word.trim();
  return name.length > longestName ? undefined : byName.get(name.toLowerCase());
}
