import type { Dialect } from "../core/dialect";
import type { CanonicalEvent } from "../core/events/canonical";
import type { LoggedEvent } from "../core/events/logged";
import type { Json, JsonObject } from "../core/json";

/**
 * One event as it came through a door: the parsed JSON object plus what the framing said.
 * For a JSON or NDJSON body `name` and `id` are absent; for a text/event-stream body they are the frame's `event:` and `id:`.
 */
export type Incoming = {
  readonly body: JsonObject;
  readonly name?: string;
  readonly id?: string;
};

/** Where an event belongs and how it is recognised when it comes a second time. Read once, at the door. */
export type Address = {
  /** The sender's run id; null = belongs to no run, goes to the source's activity stream; undefined = the body does not say. */
  readonly run: string | null | undefined;
  /** The sender's word for the kind of event ("" when it has none). */
  readonly type: string;
  /** The sender's event id, shown to people. */
  readonly id?: string;
  /** The sender's sequence number. */
  readonly seq?: number;
  /** Same key in the same run = same event; absent where the sender gives nothing to recognise it by. */
  readonly dedupeKey?: string;
};

/** A refusal of one event: the rest of its batch is stored. */
export type Refusal = {
  readonly code: "invalid_event" | "missing_type" | "missing_run" | "invalid_run_id";
  readonly message: string;
  readonly path?: string;
};

/**
 * One adapter per system. Everything in it is pure: no clock, no random, no I/O.
 */
export type DialectAdapter = {
  readonly dialect: Dialect;
  /** Every type of the catalogue (seed, real system and aliases), as written on the wire. */
  readonly catalogue: readonly string[];
  /** Where an event of this system names its run, for who is told that it does not. */
  readonly runField: string;
  /** Reads where the event belongs; a Refusal when it cannot be an event at all. An unknown type is never refused. */
  readonly address: (incoming: Incoming) => Address | Refusal;
  /** raw -> canonical. Total: never throws, whatever the JSON holds; what it cannot read it leaves out. Unknown types become `event.unknown`. */
  readonly decode: (incoming: Incoming) => CanonicalEvent;
  /** A stream of this system is one run, whatever ids its frames carry: a run that the sender of the body names wins over them. */
  readonly givenRunWins?: boolean;
  /**
   * Most events of this system do not name their run: in a list or in lines, one that names none belongs to the run of the one before it.
   * For any other system that is a sender's mistake, and guessing would put the event into somebody else's run. A text/event-stream is
   * of one run whatever its system.
   */
  readonly namesRunOnce?: boolean;
};

export function isRefusal(value: Address | Refusal): value is Refusal {
  return "code" in value;
}

/**
 * An event about to leave in a dialect's own words. `raw` is present when the log holds it in that same dialect,
 * so that what the sender wrote goes out again untouched but for the fields that are ours (ids, sequence).
 */
export type Outgoing = {
  readonly event: LoggedEvent;
  readonly raw?: Json;
  readonly runId: string;
};

/** One SSE frame's content; the SSE writer owns escaping and line order. `data` is an object or a bare word such as `[DONE]`. */
export type Frame = { readonly event?: string; readonly data: JsonObject | string; readonly id?: string };

/** A word of ours to a stream's reader, which no event of the log tells, and what it is about. */
export type Notice = { readonly type: string; readonly about: JsonObject };

/** What a stream in a dialect's own words looks like. Pure. */
export type DialectEncoder = {
  readonly dialect: Dialect;
  /** Order of the lines in a frame, and the heartbeat comment, as the real system writes them. */
  readonly lineOrder: readonly ("id" | "event" | "data")[];
  /** Comment that opens the stream, without the leading colon and space; undefined = none. */
  readonly greeting?: (runId: string) => string;
  readonly heartbeat: string;
  /** Every name by which a `types` filter may ask for this event (stored name, SSE name, enum alias). */
  readonly names: (outgoing: Outgoing) => readonly string[];
  /** The frame for one event; null = this system has no word for it and it is left out. */
  readonly frame: (outgoing: Outgoing) => Frame | null;
  /** True when the system closes its stream right behind this event (even when a filter hid it). */
  readonly ends: (event: LoggedEvent) => boolean;
  /** Frame sent once before the clean end when the log itself did not hold it (Shannon's `done`). */
  readonly endFrame?: (runId: string) => Frame;
  /** What this server itself says on a stream, written as this system writes an event; as it is where left out. */
  readonly notice?: (said: Notice, atMs: number) => JsonObject;
  /** The event as JSON lists show it (history endpoints); null = left out. */
  readonly item: (outgoing: Outgoing) => JsonObject | null;
};
