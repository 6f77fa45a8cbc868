import type { CanonicalEvent, CanonicalType } from "./canonical";

/** Types that say by themselves that something went wrong. */
const failures: ReadonlySet<CanonicalType> = new Set<CanonicalType>([
  "run.failed",
  "agent.failed",
  "step.failed",
  "tool.failed",
  "webhook.failed",
  "error.occurred",
]);

export function isFailureType(type: CanonicalType): boolean {
  return failures.has(type);
}

/**
 * Whether an event tells that something went wrong: by its type, by an error that it carries, as a line of a log that is one, or as a
 * question that nobody answered in time. All that timeline and transcript draw as failed. A person's no is a decision, not an error.
 */
export function isFailure({ type, error, level, approval }: Pick<CanonicalEvent, "type" | "error" | "level" | "approval">): boolean {
  return isFailureType(type) || error !== undefined || level === "error" || approval?.decision === "timeout";
}
