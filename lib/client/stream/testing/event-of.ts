import type { ApiEvent } from "@/lib/core/api/event";

/** The shortest event with this seq. */
export function eventOf(seq: number): ApiEvent {
  return {
    seq,
    type: "log.written",
    occurredAt: null,
    receivedAt: "2026-03-01T12:00:00.000Z",
    source: { dialect: "shannon", type: "LOG" },
  };
}
