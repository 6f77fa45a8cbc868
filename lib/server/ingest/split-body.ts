import { createParser } from "eventsource-parser";
import type { Json } from "@/lib/core/json";
import { incomingOf } from "@/lib/dialects/registry";
import { DomainError } from "../errors";
import type { RawEvent } from "./accept-event";
import type { BodyKind } from "./body-kind";
import { parseJson } from "./parse-events";

/** One line or frame of a stream may not be longer. */
export const maxEventChars = 1024 * 1024;

type Push = (event: RawEvent) => void;

/** Takes text as it comes and gives each event as soon as it is whole. Throws too_large. */
export type Splitter = { readonly feed: (text: string) => void; readonly end: () => void };

export function openSplitter(kind: Exclude<BodyKind, "json">, push: Push): Splitter {
  return kind === "sse" ? sseSplitter(push) : lineSplitter(push);
}

/** All events of a body that is there whole. */
export function splitBody(kind: Exclude<BodyKind, "json">, text: string): RawEvent[] {
  const events: RawEvent[] = [];
  const splitter = openSplitter(kind, (event) => events.push(event));
  splitter.feed(text);
  splitter.end();
  return events;
}

/** What cannot be parsed is an event that was refused: it keeps its number. */
function read(parsed: () => RawEvent): RawEvent {
  try {
    return parsed();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { text: "null", value: null, refusal: { code: error.code, message: error.message } };
  }
}

function parse(text: string): Json {
  return parseJson(text).json;
}

function lineSplitter(push: Push): Splitter {
  let rest = "";
  const take = (line: string) => {
    const text = line.trim();
    if (text !== "") push(read(() => ({ text, value: parse(text) })));
  };
  return {
    feed: (text) => {
      // Split only where a line ends: a sender of single bytes would else have the whole line read again with each of them.
      const last = text.lastIndexOf("\n");
      if (last >= 0) {
        for (const line of (rest + text.slice(0, last)).split("\n")) take(line);
        rest = "";
      }
      rest += text.slice(last + 1);
      if (rest.length > maxEventChars) throw tooLong();
    },
    end: () => {
      take(rest);
      rest = "";
    },
  };
}

function sseSplitter(push: Push): Splitter {
  let open = 0;
  const parser = createParser({
    onComment: () => {
      open = 0;
    },
    onEvent: ({ data, event, id }) => {
      open = 0;
      if (data.trim() !== "") push(read(() => incomingOf({ data, event, id }, parse)));
    },
  });
  return {
    feed: (text) => {
      open += text.length;
      parser.feed(text);
      if (open > maxEventChars) throw tooLong();
    },
    // A stream that was cut before its last blank line still said what it said.
    end: () => parser.feed("\n\n"),
  };
}

function tooLong(): DomainError {
  return new DomainError("too_large", "One event of the stream is longer than 1 MiB; what came before it is stored.");
}
