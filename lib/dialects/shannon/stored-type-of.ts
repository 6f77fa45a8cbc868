import type { CanonicalType } from "../../core/events/canonical";
import type { LoggedEvent } from "../../core/events/logged";
import { storedType } from "./shannon-event";

/**
 * Shannon's type for another system's event; null if it has none. A failed run is an ERROR_OCCURRED: the catalogue says that
 * WORKFLOW_FAILED is never sent.
 */
const words: Record<CanonicalType, string | null> = {
  "run.started": "WORKFLOW_STARTED",
  "run.completed": "WORKFLOW_COMPLETED",
  "run.failed": "ERROR_OCCURRED",
  "run.cancelled": "WORKFLOW_CANCELLED",
  "run.expired": "ERROR_OCCURRED",
  "run.pausing": "WORKFLOW_PAUSING",
  "run.paused": "WORKFLOW_PAUSED",
  "run.resumed": "WORKFLOW_RESUMED",
  "run.cancelling": "WORKFLOW_CANCELLING",
  "run.updated": "STATUS_UPDATE",
  "stream.ended": "STREAM_END",
  "agent.started": "AGENT_STARTED",
  "agent.thought": "AGENT_THINKING",
  "agent.completed": "AGENT_COMPLETED",
  "agent.failed": "AGENT_FAILED",
  "role.assigned": "ROLE_ASSIGNED",
  "team.recruited": "TEAM_RECRUITED",
  "team.updated": "TEAM_STATUS",
  "team.retired": "TEAM_RETIRED",
  "task.assigned": "DELEGATION",
  "task.completed": "STATUS_UPDATE",
  "dependency.satisfied": "DEPENDENCY_SATISFIED",
  "delegation.started": "DELEGATION",
  "delegation.completed": "STATUS_UPDATE",
  "message.sent": "MESSAGE_SENT",
  "message.received": "MESSAGE_RECEIVED",
  "step.started": "PROGRESS",
  "step.completed": "PROGRESS",
  "step.failed": "ERROR_OCCURRED",
  "tool.called": "TOOL_INVOKED",
  "tool.returned": "TOOL_OBSERVATION",
  "tool.failed": "TOOL_OBSERVATION",
  "model.prompted": "LLM_PROMPT",
  "model.streamed": "LLM_PARTIAL",
  "model.completed": "LLM_OUTPUT",
  "hook.completed": "STATUS_UPDATE",
  "text.streamed": "THREAD_MESSAGE_DELTA",
  "text.completed": "THREAD_MESSAGE_COMPLETED",
  "artifact.created": "WORKSPACE_UPDATED",
  "workspace.updated": "WORKSPACE_UPDATED",
  "plan.updated": "STATUS_UPDATE",
  "log.written": "STATUS_UPDATE",
  "progress.reported": "PROGRESS",
  "wait.reported": "WAITING",
  "approval.requested": "APPROVAL_REQUESTED",
  "approval.decided": "APPROVAL_DECISION",
  "budget.crossed": "BUDGET_THRESHOLD",
  "error.occurred": "ERROR_OCCURRED",
  "error.recovered": "ERROR_RECOVERY",
  "resource.changed": null,
  "webhook.sent": null,
  "webhook.failed": null,
  "user.acted": null,
  "billing.recorded": null,
  "heartbeat.received": null,
  "event.unknown": "STATUS_UPDATE",
};

/** The type under which Shannon's clients know an event: the sender's own in a Shannon run, a translation in any other. */
export function storedTypeOf(event: LoggedEvent): string | null {
  if (event.source.dialect === "shannon") return storedType(event.source.type);
  const isWarning = event.type === "log.written" && (event.level === "warn" || event.level === "error");
  return isWarning ? "WARNING" : words[event.type];
}
