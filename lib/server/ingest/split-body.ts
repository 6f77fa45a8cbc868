import { createParser } from "eventsource-parser";
import type { Json } from "@/lib/core/json";
import { jsonLimits } from "@/lib/core/json-scan";
import { incomingOf } from "@/lib/dialects/registry";
import { DomainError } from "../errors";
import type { RawEvent } from "./accept-event";
import type { BodyKind } from "./body-kind";
import { parseJson } from "./parse-events";
import { rejectionOf } from "./rejections";

/** One line or frame of a stream may not be longer. */
export const maxEventChars = 1024 * 1024;
/** A list of JSON has no more either: two million lines of one character were four hundred megabytes. */
export const maxWholeEvents = jsonLimits.values;

type Push = (event: RawEvent) => void;

/** Takes text as it comes and gives each event as soon as it is whole. Throws too_large. */
export type Splitter = {
  readonly feed: (text: string) => void;
  readonly end: () => void;
  /** Characters of the event that is not whole yet, at most. */
  readonly held: () => number;
};

export function openSplitter(kind: Exclude<BodyKind, "json">, push: Push, maxChars = maxEventChars): Splitter {
  return kind === "sse" ? sseSplitter(push, maxChars) : lineSplitter(push, maxChars);
}

/** All events of a body that is there whole, which bounds each of them. Throws too_many_values. */
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

/** What cannot be parsed is an event that was refused: it keeps its number. */
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
      // Looked for in what is new alone: a sender of single bytes would else have the whole line read again with each of them.
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

/** Behind a blank line nothing is held of what came before. */
const frameEnds = ["\n\n", "\r\n\r\n", "\r\r"];
/** The most of one that may have come with the text before: many senders write a line at a time. */
const begunChars = 3;

function sseSplitter(push: Push, maxChars: number): Splitter {
  let isTooLong = false;
  let held = 0;
  let before = "";
  const parser = createParser({
    // What is held of one event, and nothing else: comments between its lines would be counted with it, or as its end.
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
    // A stream that was cut before its last blank line still said what it said.
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
