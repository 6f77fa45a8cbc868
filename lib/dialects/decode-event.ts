import type { Dialect } from "../core/dialect";
import type { Approval, CanonicalEvent, ExactTexts } from "../core/events/canonical";
import { exactTextOf, parseExact, repeatedKeys } from "../core/exact-json";
import type { Json, JsonObject } from "../core/json";
import type { Incoming } from "./contract";
import { adapters } from "./registry";
import { definedOrNone } from "./shared";
import { readingExactly } from "./shared/parse-json";

/**
 * raw -> canonical, by the dialect's adapter. What people approve is shown as it was sent: if doubles would change it, its exact text is
 * included. Only approval events pay for that. `text` is the JSON of `incoming.body`.
 */
export function decodeEvent(dialect: Dialect, incoming: Incoming, text: string): CanonicalEvent {
  const event = adapters[dialect].decode(incoming);
  if (event.approval === undefined) return event;
  const exact = exactTexts(dialect, incoming, text);
  return exact === undefined ? event : { ...event, approval: { ...event.approval, exact } };
}

/** The same with all of the sender's literals kept, even without an approval: for inspecting a single event. */
export function decodeExactly(dialect: Dialect, incoming: Incoming, text: string): CanonicalEvent {
  const event = readExactly(dialect, incoming, text);
  const exact = decodeEvent(dialect, incoming, text).approval?.exact;
  return exact === undefined ? event : { ...event, approval: { ...event.approval, exact } };
}

function readExactly(dialect: Dialect, incoming: Incoming, text: string): CanonicalEvent {
  return readingExactly(() => adapters[dialect].decode({ ...incoming, body: parseExact(text) as JsonObject }));
}

function exactTexts(dialect: Dialect, incoming: Incoming, text: string): ExactTexts | undefined {
  const approval: Approval = readExactly(dialect, incoming, text).approval ?? {};
  return definedOrNone<ExactTexts>({
    arguments: exactTextOf(approval.arguments),
    answer: exactTextOf(approval.answer),
    editedArguments: exactTextOf(approval.editedArguments),
    repeatedKeys: repeatedIn(parseExact(text), approval),
  });
}

/** Keys repeated in the event, or in arguments that it holds as text: one program may read the first value, another the last. */
function repeatedIn(body: Json, approval: Approval): readonly string[] | undefined {
  const found = repeatedKeys(body);
  const paths = found.length > 0 ? found : repeatedKeys(approval.arguments ?? null, "arguments");
  return paths.length > 0 ? paths : undefined;
}
