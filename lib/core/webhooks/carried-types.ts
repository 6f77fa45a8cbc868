import type { CanonicalType } from "../events/canonical";

/** Approval and budget events, which ResonantGenesis has no types for; they are sent under our own. */
export const nativeTypes = ["approval.requested", "approval.decided", "budget.crossed"] as const satisfies readonly CanonicalType[];

/** Every canonical type that a webhook or replay can carry; for ResonantGenesis senders, all types are sent. */
export const carriedTypes: readonly CanonicalType[] = [
  ...nativeTypes,
  "run.started",
  "run.completed",
  "run.failed",
  "run.expired",
  "run.cancelled",
  "step.completed",
  "step.failed",
  "tool.returned",
  "tool.failed",
  "task.assigned",
  "task.completed",
  "delegation.started",
  "delegation.completed",
  "agent.failed",
  "error.occurred",
  "progress.reported",
];
