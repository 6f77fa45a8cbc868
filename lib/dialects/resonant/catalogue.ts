import { budgetEntries } from "../shared/budget-rules";
import type { CatalogueEntry } from "../shared/catalogue-entry";
import { catalogueOf } from "../shared/catalogue-of";
import { doneMark } from "../shared/done-mark";

/** The guide's events, each with an example there. */
const platform = [
  ...catalogueOf("seed", "Agent", [
    ["agent.created", "resource.changed", "Agent created"],
    ["agent.updated", "resource.changed", "Agent changed"],
    ["agent.deleted", "resource.changed", "Agent deleted"],
    ["agent.published", "resource.changed", "Agent published to the marketplace"],
  ]),
  ...catalogueOf("seed", "Session", [
    ["session.started", "run.started", "Session starts"],
    ["session.step.completed", "step.completed", "Step finished; if it used a tool, it is that tool's return"],
    ["session.completed", "run.completed", "Session finished"],
    ["session.failed", "run.failed", "Session failed"],
  ]),
  ...catalogueOf("seed", "Team", [
    ["team.task.assigned", "task.assigned", "Task assigned to a member"],
    ["team.task.completed", "task.completed", "Task finished"],
    ["team.execution.completed", "run.completed", "Team execution finished"],
  ]),
  ...catalogueOf("seed", "Webhook", [
    ["webhook.sent", "webhook.sent", "Delivered"],
    ["webhook.failed", "webhook.failed", "Delivery failed"],
  ]),
  ...catalogueOf("seed", "User", [
    ["user.login", "user.acted", "User logged in"],
    ["user.settings.updated", "user.acted", "Settings changed"],
  ]),
  ...catalogueOf("seed", "Billing", [
    ["billing.invoice.created", "billing.recorded", "Invoice created"],
    ["billing.payment.succeeded", "billing.recorded", "Payment succeeded"],
    ["billing.payment.failed", "billing.recorded", "Payment failed"],
  ]),
];

/** Named on other pages. `webhook.retried` and `session.cancelled` follow from the guide's category table and the session states. */
const others = [
  ...catalogueOf("real", "Agent", [["agent.error", "agent.failed", "Agent encountered an error"]]),
  ...catalogueOf("real", "Session", [["session.timeout", "run.expired", "Session timed out"]]),
  ...catalogueOf("real", "Execution", [
    ["execution.started", "run.started", "Execution starts"],
    ["execution.progress", "progress.reported", "Progress of an execution"],
    ["execution.completed", "run.completed", "Execution finished"],
    ["execution.failed", "run.failed", "Execution failed"],
  ]),
  ...catalogueOf("real", "Billing", [["billing.payment_failed", "billing.recorded", "Payment failed", "billing.payment.failed"]]),
  ...catalogueOf("alias", "Session", [["session.cancelled", "run.cancelled", "Session stopped"]]),
  ...catalogueOf("alias", "Webhook", [["webhook.retried", "webhook.sent", "Delivered again"]]),
];

/** Frames of a session's own stream; the pages disagree on the names, so both lists are here. */
const stream = [
  ...catalogueOf("real", "Session stream", [
    ["session_start", "run.started", "Session starts"],
    ["step_start", "step.started", "Step starts"],
    ["thinking", "agent.thought", "Agent reasons"],
    ["message", "text.completed", "Message"],
    ["tool_call", "tool.called", "Tool called"],
    ["tool_result", "tool.returned", "Tool returned"],
    ["step", "step.completed", "Step finished"],
    ["step_complete", "step.completed", "Step finished"],
    ["output", "text.completed", "Final output"],
    ["error", "error.occurred", "Error; ends the session if it says so"],
    ["done", "run.completed", "Session finished"],
  ]),
  ...catalogueOf("alias", "Session stream", [[doneMark, "stream.ended", "Bare word after the last frame"]]),
];

const ours = catalogueOf("own", "Approval", [
  ["approval.requested", "approval.requested", "A person is asked to decide"],
  ["approval.decided", "approval.decided", "A person decided"],
]);

export const catalogue: readonly CatalogueEntry[] = [...platform, ...others, ...stream, ...ours, ...budgetEntries];

export const knownTypes: ReadonlySet<string> = new Set(catalogue.map((entry) => entry.type));
