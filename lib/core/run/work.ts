import { type CanonicalType, canonicalTypes } from "../events/canonical";

const known: ReadonlySet<string> = new Set<string>(canonicalTypes);

/** A type that no catalogue lists, including one from a newer version than this. */
export function isUnknownType(type: CanonicalType): boolean {
  return type === "event.unknown" || !known.has(type);
}

const atWork: ReadonlySet<CanonicalType> = new Set<CanonicalType>([
  "run.started",
  "agent.started",
  "agent.thought",
  "agent.completed",
  "agent.failed",
  "delegation.started",
  "delegation.completed",
  "message.sent",
  "step.started",
  "step.completed",
  "step.failed",
  "tool.called",
  "tool.returned",
  "tool.failed",
  "model.prompted",
  "model.streamed",
  "model.completed",
  "hook.completed",
  "text.streamed",
  "text.completed",
  "artifact.created",
  "workspace.updated",
  "plan.updated",
  "log.written",
  "progress.reported",
  "wait.reported",
  "approval.requested",
  "error.occurred",
]);

/** Whether the event shows its named agent at work; being recruited, retired or messaged is not work. */
export function isAgentWork(type: CanonicalType): boolean {
  return atWork.has(type);
}

const aside: ReadonlySet<CanonicalType> = new Set<CanonicalType>([
  "approval.decided",
  "run.updated",
  "stream.ended",
  "heartbeat.received",
  "resource.changed",
  "webhook.sent",
  "webhook.failed",
  "user.acted",
  "billing.recorded",
]);

/** Whether an event shows that its run is under way; a run known only from other events is a stub and stays queued. */
export function isRunWork(type: CanonicalType): boolean {
  return !aside.has(type);
}
