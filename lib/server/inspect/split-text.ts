import { createParser } from "eventsource-parser";
import type { inspectedKinds } from "@/lib/core/api/inspect";
import type { Json } from "@/lib/core/json";
import { incomingOf } from "@/lib/dialects/registry";
import { DomainError } from "../errors";
import type { RawEvent } from "../ingest/accept-event";
import { sniffKind } from "../ingest/body-kind";
import { parseEvents, parseJson } from "../ingest/parse-events";

export type SplitText = { readonly kind: (typeof inspectedKinds)[number]; readonly events: readonly RawEvent[] };

/**
 * The events of a text whose form is told by its first character, as the doors tell it. A line or frame that is no JSON becomes an
 * event with its refusal. Throws invalid_json when nothing in the text can be read.
 */
export function splitText(text: string): SplitText {
  const kind = sniffKind(text);
  if (kind === "sse") return { kind, events: framesOf(text) };
  if (kind === "json") return { kind, events: parseEvents(text).events };
  const whole = wholeJson(text);
  if (whole) return { kind: "json", events: whole };
  const lines = linesOf(text);
  // One object that is broken somewhere is told as that, not as many broken lines.
  if (lines.every((line) => line.refusal)) return { kind: "json", events: parseEvents(text).events };
  return { kind, events: lines };
}

function wholeJson(text: string): readonly RawEvent[] | null {
  try {
    return parseEvents(text).events;
  } catch {
    return null;
  }
}

function linesOf(text: string): readonly RawEvent[] {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "").map((line) => refusable(line, () => ({ text: line, value: parse(line) })));
}

function framesOf(text: string): readonly RawEvent[] {
  const events: RawEvent[] = [];
  const parser = createParser({
    onEvent: ({ data, event, id }) => {
      if (data.trim() !== "") events.push(refusable(data, () => incomingOf({ data, event, id }, parse)));
    },
  });
  parser.feed(text);
  // A frame that was copied without its last blank line still says what it says.
  parser.feed("\n\n");
  if (events.length === 0)
    throw new DomainError(
      "invalid_json",
      "This is neither JSON nor a text/event-stream: it begins with no { or [ and holds no `data:` line.",
      {
        hint: "Paste one event, an array of events, one event a line, or the frames of a stream.",
      },
    );
  return events;
}

function parse(text: string): Json {
  return parseJson(text).json;
}

function refusable(text: string, read: () => RawEvent): RawEvent {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { code, message, path } = error;
    return { text, value: text, refusal: { code, message, ...(path === undefined ? {} : { path }) } };
  }
}
