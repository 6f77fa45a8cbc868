import type { CanonicalEvent } from "../../core/events/canonical";
import type { JsonObject } from "../../core/json";
import { clip } from "./clip";
import { defined } from "./defined";
import { readString } from "./read-string";
import { restOf } from "./rest-of";

/** How one word of a dialect is read. */
export type Rule = {
  /** The sender's keys that the canonical event holds; whatever else it said goes to `extra`. */
  readonly keys: readonly string[];
  readonly read: (fields: JsonObject) => CanonicalEvent;
};

export type Rules = ReadonlyMap<string, Rule>;

/** What the framing around the fields says: its keys are kept out of `extra`, its time is the event's where the rule finds none. */
export type Envelope = { readonly keys: readonly string[]; readonly occurredAtMs?: number };

/** A mark behind the last event, such as `[DONE]`. */
export const streamEnd: Rule = { keys: [], read: () => ({ type: "stream.ended" }) };

const unknown: Rule = {
  keys: [],
  read: (fields) => ({ type: "event.unknown", summary: clip(readString(fields, "message", "summary", "error")) }),
};

/** The canonical event for `word`; a word without a rule is `event.unknown` and loses nothing of what was said. */
export function readByRule(rules: Rules, word: string, fields: JsonObject, envelope: Envelope): CanonicalEvent {
  const { keys, read } = rules.get(word) ?? unknown;
  const event = read(fields);
  return defined({
    ...event,
    occurredAtMs: event.occurredAtMs ?? envelope.occurredAtMs,
    extra: restOf(fields, [...envelope.keys, ...keys]),
  });
}
