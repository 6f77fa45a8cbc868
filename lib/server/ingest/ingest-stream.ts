import { createParser } from "eventsource-parser";
import type { Json } from "@/lib/core/json";
import { incomingOf } from "@/lib/dialects/registry";
import { DomainError } from "../errors";
import { services } from "../services";
import type { RawEvent } from "./accept-event";
import type { BodyKind } from "./body-kind";
import { parseJson } from "./parse-events";
import { type Door, type IngestReport, storeEvents } from "./store-events";

/** One line or frame of a stream may not be longer. */
const maxEventChars = 1024 * 1024;
const batchEvents = 500;

type Reading = { readonly door: Door; readonly report: IngestReport; index: number; batch: RawEvent[] };

/**
 * Stores a body that is still being written, event by event as it comes: what arrived together is committed together, and
 * the socket is held back while the appender's queue is full. What was stored stays when the sender goes away.
 */
export async function ingestStream(
  door: Door,
  kind: Exclude<BodyKind, "json">,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  report: IngestReport,
): Promise<void> {
  const reading: Reading = { door, report, index: 0, batch: [] };
  const decoder = new TextDecoder("utf-8");
  const splitter = kind === "sse" ? sseSplitter(reading) : lineSplitter(reading);
  for await (const chunk of chunks) {
    splitter.feed(decoder.decode(chunk, { stream: true }));
    await flush(reading);
  }
  splitter.feed(decoder.decode());
  splitter.end();
  await flush(reading);
}

async function flush(reading: Reading): Promise<void> {
  reading.door.context.receivedAtMs = services().now();
  while (reading.batch.length > 0) {
    const events = reading.batch.splice(0, batchEvents);
    await storeEvents(reading.door, events, reading.report, { firstIndex: reading.index, patient: true });
    reading.index += events.length;
  }
}

function push(reading: Reading, read: () => RawEvent): void {
  try {
    reading.batch.push(read());
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    reading.batch.push({ text: "null", value: null, refusal: { code: error.code, message: error.message } });
  }
}

function parse(text: string): Json {
  return parseJson(text).json;
}

type Splitter = { feed: (text: string) => void; end: () => void };

function lineSplitter(reading: Reading): Splitter {
  let rest = "";
  const take = (line: string) => {
    const text = line.trim();
    if (text !== "") push(reading, () => ({ text, value: parse(text) }));
  };
  return {
    feed: (text) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) take(line);
      if (rest.length > maxEventChars) throw tooLong();
    },
    end: () => {
      take(rest);
      rest = "";
    },
  };
}

function sseSplitter(reading: Reading): Splitter {
  let open = 0;
  const parser = createParser({
    onComment: () => {
      open = 0;
    },
    onEvent: ({ data, event, id }) => {
      open = 0;
      if (data.trim() !== "") push(reading, () => incomingOf({ data, event, id }, parse));
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
