import type { Dialect } from "../core/dialect";
import type { CanonicalEvent } from "../core/events/canonical";
import type { LoggedEvent } from "../core/events/logged";
import type { Json, JsonObject } from "../core/json";

/**
 * One event as it was received: the parsed JSON object plus what the framing said. For a JSON or NDJSON body `name` and `id` are absent;
 * for a text/event-stream body they are the frame's `event:` and `id:`.
 */
export type Incoming = {
  readonly body: JsonObject;
  readonly name?: string;
  readonly id?: string;
};

/** Where an event belongs and how duplicates of it are recognised. Read once, on ingestion. */
export type Address = {
  /** The sender's run id; null = belongs to no run and goes to the source's activity stream; undefined = the body does not say. */
  readonly run: string | null | undefined;
  /** The sender's word for the kind of event ("" if none). */
  readonly type: string;
  /** The sender's event id, shown to people. */
  readonly id?: string;
  /** The sender's sequence number. */
  readonly seq?: number;
  /** Same key in the same run = same event; absent if the sender gives nothing to recognise it by. */
  readonly dedupeKey?: string;
};

/** The rejection of one event: the rest of its batch is stored. */
export type Refusal = {
  readonly code: "invalid_event" | "missing_type" | "missing_run" | "invalid_run_id";
  readonly message: string;
  readonly path?: string;
};

/** One adapter per system. Everything in it is pure: no clock, no randomness, no I/O. */
export type DialectAdapter = {
  readonly dialect: Dialect;
  /** Every type in the catalogue (seed, real system and aliases), as written on the wire. */
  readonly catalogue: readonly string[];
  /** Where an event of this system names its run, for the error message when it does not. */
  readonly runField: string;
  /** Reads where the event belongs; returns a Refusal if it cannot be an event at all. An unknown type is never rejected. */
  readonly address: (incoming: Incoming) => Address | Refusal;
  /**
   * raw -> canonical. Total: never throws, whatever the JSON contains; what it cannot read it omits. Unknown types become `event.unknown`.
   */
  readonly decode: (incoming: Incoming) => CanonicalEvent;
  /** A stream of this system is one run, whatever ids its frames carry: a run named by the request's sender takes precedence over them. */
  readonly givenRunWins?: boolean;
  /**
   * Most events of this system do not name their run: in a list or in NDJSON lines, one without a run belongs to the run of the one before
   * it. For any other system that is a sender's mistake, and guessing would put the event into somebody else's run. A text/event-stream is
   * one run, whatever its system.
   */
  readonly namesRunOnce?: boolean;
};

export function isRefusal(value: Address | Refusal): value is Refusal {
  return "code" in value;
}

/**
 * An event about to be sent in a dialect's own format. `raw` is present if the log holds it in that same dialect, so that what the sender
 * wrote goes out unchanged except for our own fields (ids, sequence).
 */
export type Outgoing = {
  readonly event: LoggedEvent;
  readonly raw?: Json;
  readonly runId: string;
};

/** One SSE frame's content; the SSE writer handles escaping and line order. `data` is an object or a bare word such as `[DONE]`. */
export type Frame = { readonly event?: string; readonly data: JsonObject | string; readonly id?: string };

/** Our own message to a stream's reader, which no log event carries, and what it is about. */
export type Notice = { readonly type: string; readonly about: JsonObject };

/** A stream's format in one dialect. Pure. */
export type DialectEncoder = {
  readonly dialect: Dialect;
  /** Order of a frame's lines, and the heartbeat comment, as the real system writes them. */
  readonly lineOrder: readonly ("id" | "event" | "data")[];
  /** Comment that opens the stream, without the leading colon and space; undefined = none. */
  readonly greeting?: (runId: string) => string;
  readonly heartbeat: string;
  /** Every name by which a `types` filter can select this event (stored name, SSE name, enum alias). */
  readonly names: (outgoing: Outgoing) => readonly string[];
  /** The frame for one event; null = this system has no type for it and it is omitted. */
  readonly frame: (outgoing: Outgoing) => Frame | null;
  /** True if the system closes its stream right after this event (even if a filter hid it). */
  readonly ends: (event: LoggedEvent) => boolean;
  /** Frame sent once before a clean end if the log itself did not contain it (Shannon's `done`). */
  readonly endFrame?: (runId: string) => Frame;
  /** This server's own messages on a stream, in the shape of this system's events; unchanged if not defined. */
  readonly notice?: (said: Notice, atMs: number) => JsonObject;
  /** The event as JSON lists (history endpoints) show it; null = omitted. */
  readonly item: (outgoing: Outgoing) => JsonObject | null;
};
