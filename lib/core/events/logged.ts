import type { Dialect } from "../dialect";
import type { CanonicalEvent, CanonicalType } from "./canonical";

/** What a sender sent, before translation. `raw` is the sender's JSON as exact text. */
export type SourceEvent = {
  readonly dialect: Dialect;
  /** The sender's word for the kind of event: body discriminator, else the SSE event name; "" where it has none. */
  readonly type: string;
  /** The sender's event id, where it has one. */
  readonly id?: string;
  /** The name of the SSE frame that it came in: without it the body alone may read as something else. */
  readonly frame?: string;
};

/**
 * One entry of a run's log as everybody downstream reads it: the canonical event plus what the log knows.
 * `seq` is 1..N without holes within the run.
 */
export type LoggedEvent = CanonicalEvent & {
  readonly seq: number;
  /** Our clock when it was committed, epoch milliseconds. */
  readonly receivedAtMs: number;
  /** Our estimate at the time of the append, nano-dollars; null when the model has no known price; absent when a cost was reported or no tokens were. */
  readonly estimatedNanos?: number | null;
  /** Watchfloor wrote it itself (a decision, a control request). Known from our own column, never from the sender's JSON. */
  readonly origin?: "watchfloor";
  readonly source: SourceEvent;
};

/** Model deltas, thoughts and heartbeats: kept for a shorter time than the rest (same seq space, other table). */
const ephemeralTypes: ReadonlySet<CanonicalType> = new Set(["model.streamed", "text.streamed", "agent.thought", "heartbeat.received"]);

/** Whether an event of this type lies in the short-lived part of the log (Shannon seed, "Event Retention"). */
export function isEphemeral(type: CanonicalType): boolean {
  return ephemeralTypes.has(type);
}
