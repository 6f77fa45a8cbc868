import type { CanonicalType } from "../events/canonical";
import type { LoggedEvent } from "../events/logged";

/** A process that sends heartbeats may still be waiting, and a stream's end says nothing about whoever wrote to it. */
const saysNothing: ReadonlySet<CanonicalType> = new Set<CanonicalType>(["heartbeat.received", "stream.ended"]);

/**
 * Whether an event shows that a run's agent goes on: anything that its source sends, of whatever type, known or not. The receipts of
 * decisions and of resumed runs both rely on it. Our own events show nothing, except that the agent made an approval request through our
 * API.
 */
export function isSignOfLife(event: LoggedEvent): boolean {
  return event.type === "approval.requested" || (event.origin === undefined && !saysNothing.has(event.type));
}
