import { createParser } from "eventsource-parser";
import type { Json } from "@/lib/core/json";
import { jsonLimits } from "@/lib/core/json-scan";
import { incomingOf } from "@/lib/dialects/registry";
import { DomainError } from "../errors";
import type { RawEvent } from "./accept-event";
import type { BodyKind } from "./body-kind";
import { parseJson } from "./parse-events";
import { rejectionOf } from "./rejections";

/** The maximum length of one line or frame of a stream. */
export const maxEventChars = 1024 * 1024;
/** The same limit as for a JSON array: two million one-character lines took four hundred megabytes. */
export const maxWholeEvents = jsonLimits.values;

type Push = (event: RawEvent) => void;

/** Takes text as it arrives and emits each event as soon as it is complete. Throws too_large. */
export type Splitter = {
  readonly feed: (text: string) => void;
  readonly end: () => void;
  /** Upper bound on the characters of the incomplete event. */
  readonly held: () => number;
};

export function openSplitter(kind: Exclude<BodyKind, "json">, push: Push, maxChars = maxEventChars): Splitter {
  return kind === "sse" ? sseSplitter(push, maxChars) : lineSplitter(push, maxChars);
}

/** All events of a body that has arrived in full, which bounds each of them. Throws too_many_values. */
export function splitBody(kind: Exclude<BodyKind, "json">, text: string): RawEvent[] {
  const events: RawEvent[] = [];
  const push = (event: RawEvent) => {
    if (events.length === maxWholeEvents) throw tooMany();
    events.push(event);
  };
  const splitter = openSplitter(kind, push, Number.POSITIVE_INFINITY);
  splitter.feed(text);
  splitter.end();
  return events;
}

/** Text that cannot be parsed becomes a rejected event, so it keeps its number. */
function read(parsed: () => RawEvent): RawEvent {
  try {
    return parsed();
  } catch (error) {
    return { text: "null", value: null, refusal: rejectionOf(error) };
  }
}

function parse(text: string): Json {
  return parseJson(text).json;
}

function lineSplitter(push: Push, maxChars: number): Splitter {
  let rest = "";
  const take = (line: string) => {
    const text = line.trim();
    if (text !== "") push(read(() => ({ text, value: parse(text) })));
  };
  return {
    feed: (text) => {
      // Search only the new text: otherwise a sender of single bytes would make us scan the whole line again for each byte.
      let from = 0;
      for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", from)) {
        take(rest + text.slice(from, end));
        rest = "";
        from = end + 1;
      }
      rest += text.slice(from);
      if (rest.length > maxChars) throw tooLong();
    },
    end: () => {
      take(rest);
      rest = "";
    },
    held: () => rest.length,
  };
}

/** After a blank line, nothing from before it is held. */
const frameEnds = ["\n\n", "\r\n\r\n", "\r\r"];
/** The longest part of a blank line that earlier text may contain: many senders write a line at a time. */
const begunChars = 3;

function sseSplitter(push: Push, maxChars: number): Splitter {
  let isTooLong = false;
  let held = 0;
  let before = "";
  const parser = createParser({
    // Bounds only what is held of one event: `held` would also count comments between its lines, or take them for its end.
    maxBufferSize: maxChars,
    onError: ({ type }) => {
      isTooLong ||= type === "max-buffer-size-exceeded";
    },
    onEvent: ({ data, event, id }) => {
      if (data.trim() !== "") push(read(() => incomingOf({ data, event, id }, parse)));
    },
  });
  return {
    feed: (text) => {
      parser.feed(text);
      const seen = before + text;
      const end = Math.max(...frameEnds.map((blank) => seen.lastIndexOf(blank)));
      held = end < 0 ? held + text.length : seen.length - end;
      before = seen.slice(-begunChars);
      if (isTooLong) throw tooLong();
    },
    held: () => held,
    // A stream cut off before its last blank line still delivers its last event.
    end: () => parser.feed("\n\n"),
  };
}

function tooLong(): DomainError {
  return new DomainError("too_large", "One event of the stream is longer than 1 MiB. The events before it are stored.");
}

function tooMany(): DomainError {
  return new DomainError(
    "too_many_values",
    `The body has more than ${maxWholeEvents.toLocaleString("en")} events. None of them is stored.`,
    {
      hint: "Send fewer events per request, or stream them as application/x-ndjson without an Idempotency-Key.",
    },
  );
}
