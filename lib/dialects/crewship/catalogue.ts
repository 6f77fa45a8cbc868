import { budgetEntries } from "../shared/budget-rules";
import type { CatalogueEntry } from "../shared/catalogue-entry";
import { catalogueOf } from "../shared/catalogue-of";
import { doneMark } from "../shared/done-mark";

/** The seed's five tables; the other types appear only on the API reference, concepts and webhook pages. */
export const catalogue: readonly CatalogueEntry[] = [
  ...catalogueOf("seed", "Run", [
    ["run.started", "run.started", "Execution began"],
    ["run.completed", "run.completed", "Success, unless its status says otherwise"],
    ["run.failed", "run.failed", "Error"],
    ["run.canceled", "run.cancelled", "Manually stopped"],
  ]),
  ...catalogueOf("seed", "Agent", [
    ["agent.started", "agent.started", "Agent began a task"],
    ["agent.completed", "agent.completed", "Agent finished"],
    ["agent.error", "agent.failed", "Agent failed"],
  ]),
  ...catalogueOf("seed", "Tool", [
    ["tool.called", "tool.called", "Tool invoked"],
    ["tool.result", "tool.returned", "Tool returned"],
    ["tool.error", "tool.failed", "Tool failed"],
  ]),
  ...catalogueOf("seed", "Log", [["log", "log.written", "Log message"]]),
  ...catalogueOf("seed", "Artifact", [["artifact", "artifact.created", "File produced"]]),
  ...catalogueOf("real", "Reference", [
    ["agent.action", "log.written", "What an agent does next; with a thought, that thought"],
    ["tool_use", "tool.called", "Tool invoked", "tool.called"],
    ["task.started", "task.assigned", "Task assigned to an agent"],
    ["task.completed", "task.completed", "Task finished"],
  ]),
  ...catalogueOf("real", "Polling", [
    ["heartbeat", "heartbeat.received", "The connection is alive"],
    ["complete", "stream.ended", "Nothing more to read; with a status, the end of the run"],
    ["error", "error.occurred", "Reading failed; with a status, the end of the run"],
    ["timeout", "stream.ended", "Reading took too long; with a status, the end of the run"],
  ]),
  ...catalogueOf("real", "Webhook", [["run.succeeded", "run.completed", "Run succeeded"]]),
  ...catalogueOf("own", "Approval", [
    ["approval.requested", "approval.requested", "A person is asked to decide"],
    ["approval.decided", "approval.decided", "A person decided"],
  ]),
  ...budgetEntries,
  ...catalogueOf("alias", "Run", [["run.cancelled", "run.cancelled", "The other spelling", "run.canceled"]]),
  ...catalogueOf("alias", "Stream", [[doneMark, "stream.ended", "Bare word after the last frame"]]),
];

export const knownTypes: ReadonlySet<string> = new Set(catalogue.map((entry) => entry.type));
