import type { CanonicalType } from "../events/canonical";
import type { LoggedEvent } from "../events/logged";

/** A process that beats may still wait, and a stream that ends says nothing of who wrote to it. */
const saysNothing: ReadonlySet<CanonicalType> = new Set<CanonicalType>(["heartbeat.received", "stream.ended"]);

/**
 * Whether an event shows that a run's agent goes on: anything that its source sends, of whatever type, known or not. The receipts of
 * decisions and of resumed runs both go by it. What we wrote shows nothing, but that the agent asked through our door.
 */
export function isSignOfLife(event: LoggedEvent): boolean {
  return event.type === "approval.requested" || (event.origin === undefined && !saysNothing.has(event.type));
}
