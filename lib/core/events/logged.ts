import type { Dialect } from "../dialect";
import type { CanonicalEvent, CanonicalType } from "./canonical";

/** What a sender sent, before translation. `raw` is the sender's JSON as exact text. */
export type SourceEvent = {
  readonly dialect: Dialect;
  /** The sender's word for the kind of event: the body's discriminator, else the SSE event name; "" if there is none. */
  readonly type: string;
  /** The sender's event id, if any. */
  readonly id?: string;
  /** The name of its SSE frame: without it the body alone may be read differently. */
  readonly frame?: string;
};

/**
 * One entry of a run's log as everything downstream reads it: the canonical event plus what the log knows. `seq` is 1..N, gapless within
 * the run.
 */
export type LoggedEvent = CanonicalEvent & {
  readonly seq: number;
  /** Commit time by our clock, epoch milliseconds. */
  readonly receivedAtMs: number;
  /** Our estimate at append time, nano-dollars; null if the model has no known price; absent if a cost was reported or no tokens were. */
  readonly estimatedNanos?: number | null;
  /** Watchfloor wrote it itself (a decision, a control request). Known from our own column, never from the sender's JSON. */
  readonly origin?: "watchfloor";
  readonly source: SourceEvent;
};

/** Model deltas, thoughts and heartbeats: kept for less time than the rest (same seq space, other table). */
const ephemeralTypes: ReadonlySet<CanonicalType> = new Set(["model.streamed", "text.streamed", "agent.thought", "heartbeat.received"]);

/** Whether events of this type go into the short-lived part of the log (Shannon seed, "Event Retention"). */
export function isEphemeral(type: CanonicalType): boolean {
  return ephemeralTypes.has(type);
}
