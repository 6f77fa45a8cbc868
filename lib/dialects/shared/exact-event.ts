import type { LoggedEvent } from "../../core/events/logged";
import { isJsonObject } from "../../core/json";
import type { DialectAdapter, Outgoing } from "../contract";
import { defined } from "./defined";
import { readingExactly } from "./parse-json";

/** The event with every literal that its own sender wrote in what went in and what came out: it was read in doubles. */
export function exactEvent({ event, raw }: Outgoing, decode: DialectAdapter["decode"]): LoggedEvent {
  if (!isJsonObject(raw)) return event;
  const { input, output } = readingExactly(() => decode({ body: raw, name: event.source.frame ?? event.source.type }));
  return { ...event, ...defined({ input, output }) };
}
