import type { StoredEvent } from "../events/append/plan";
import type { Entry } from "./channel";

/** An event of a run's log as channels carry it. */
export type LogEntry = Entry & StoredEvent;

export function logEntry(stored: StoredEvent): LogEntry {
  return { ...stored, seq: stored.event.seq };
}
