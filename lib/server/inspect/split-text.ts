import { createParser } from "eventsource-parser";
import type { inspectedKinds } from "@/lib/core/api/inspect";
import type { Json } from "@/lib/core/json";
import { incomingOf } from "@/lib/dialects/registry";
import { DomainError } from "../errors";
import type { RawEvent } from "../ingest/accept-event";
import { sniffKind } from "../ingest/body-kind";
import { parseEvents, parseJson } from "../ingest/parse-events";
import { rejectionOf } from "../ingest/rejections";

export type SplitText = { readonly kind: (typeof inspectedKinds)[number]; readonly events: readonly RawEvent[]; readonly total: number };
type Events = Omit<SplitText, "kind">;

/**
 * The first `most` events of a text; its format is told by its first character, as in ingest. A line or frame that is not JSON becomes an
 * event with its rejection. Throws invalid_json when nothing in the text can be read.
 */
export function splitText(text: string, most: number): SplitText {
  const kind = sniffKind(text);
  if (kind === "sse") return { kind, ...framesOf(text, most) };
  if (kind === "json") return { kind, ...jsonOf(text, most) };
  const whole = wholeJson(text, most);
  if (whole) return { kind: "json", ...whole };
  const lines = linesOf(text, most);
  // A single broken object is reported as such, not as many broken lines.
  if (lines.events.every((line) => line.refusal)) return { kind: "json", ...jsonOf(text, most) };
  return { kind, ...lines };
}

function jsonOf(text: string, most: number): Events {
  const { events } = parseEvents(text);
  return { events: events.slice(0, most), total: events.length };
}

function wholeJson(text: string, most: number): Events | null {
  try {
    return jsonOf(text, most);
  } catch {
    return null;
  }
}

function linesOf(text: string, most: number): Events {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const events = lines.slice(0, most).map((each) => {
    const line = each.trim();
    return refusable(line, () => ({ text: line, value: parse(line) }));
  });
  return { events, total: lines.length };
}

function framesOf(text: string, most: number): Events {
  const events: RawEvent[] = [];
  let total = 0;
  const parser = createParser({
    onEvent: ({ data, event, id }) => {
      if (data.trim() === "") return;
      total += 1;
      if (total <= most) events.push(refusable(data, () => incomingOf({ data, event, id }, parse)));
    },
  });
  parser.feed(text);
  // A frame copied without its last blank line still counts.
  parser.feed("\n\n");
  if (events.length === 0)
    throw new DomainError(
      "invalid_json",
      "This is neither JSON nor a text/event-stream: it does not begin with { or [ and has no `data:` line.",
      {
        hint: "Paste one event, an array of events, one event per line, or the frames of a stream.",
      },
    );
  return { events, total };
}

function parse(text: string): Json {
  return parseJson(text).json;
}

function refusable(text: string, read: () => RawEvent): RawEvent {
  try {
    return read();
  } catch (error) {
    return { text, value: text, refusal: rejectionOf(error) };
  }
}
