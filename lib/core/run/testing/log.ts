import type { CanonicalEvent } from "../../events/canonical";
import type { LoggedEvent } from "../../events/logged";

export const startMs = 1_760_000_000_000;

/** Events as a log, in the order given: one second apart by both clocks unless an event says otherwise. */
export function log(...events: readonly (CanonicalEvent & Partial<Pick<LoggedEvent, "receivedAtMs" | "estimatedNanos">>)[]): LoggedEvent[] {
  return events.map((event, index) => ({
    occurredAtMs: startMs + index * 1_000,
    receivedAtMs: startMs + index * 1_000 + 5,
    ...event,
    seq: index + 1,
    source: { dialect: "shannon" as const, type: event.type },
  }));
}

/** The same without the sender's clock: only the order of arrival is known. */
export function unclocked(...events: readonly CanonicalEvent[]): LoggedEvent[] {
  return log(...events).map(({ occurredAtMs: _, ...event }) => event);
}
