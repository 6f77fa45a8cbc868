import type { CanonicalEvent, CanonicalType } from "./canonical";

/** Types that mean failure by themselves. */
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
 * Whether an event reports a failure: by its type, its error, its log level, or as a question that nobody answered in time. This is
 * everything that timeline and transcript draw as failed. A person's no is a decision, not an error.
 */
export function isFailure({ type, error, level, approval }: Pick<CanonicalEvent, "type" | "error" | "level" | "approval">): boolean {
  return isFailureType(type) || error !== undefined || level === "error" || approval?.decision === "timeout";
}
