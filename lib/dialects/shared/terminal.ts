import type { CanonicalType } from "../../core/events/canonical";
import type { LoggedEvent } from "../../core/events/logged";

const terminal: ReadonlySet<CanonicalType> = new Set(["run.completed", "run.failed", "run.cancelled", "run.expired"]);

/** Whether the event ends its run. */
export function endsRun(event: LoggedEvent): boolean {
  return terminal.has(event.type);
}
