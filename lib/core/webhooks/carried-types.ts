import type { CanonicalType } from "../events/canonical";

/** Events of people and money that ResonantGenesis has no words for; they are told in our own. */
export const nativeTypes = ["approval.requested", "approval.decided", "budget.crossed"] as const satisfies readonly CanonicalType[];

/** Every canonical type that a webhook or replay may tell of; of ResonantGenesis senders all types are told. */
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
