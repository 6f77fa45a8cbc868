import { parseExact, stringifyExact } from "@/lib/core/exact-json";
import type { Json } from "@/lib/core/json";
import { endpointUrl, sourceEndpoints } from "@/lib/dialects/source-endpoints";
import { DomainError } from "../errors";
import { parseEvents, parseJson } from "../ingest/parse-events";
import { isYounger } from "../is-younger";
import type { Services } from "../services";
import type { HeldStream } from "./claim-streams";
import { type Reading, storeCame } from "./read-stream";

type Context = Pick<Services, "pool" | "now" | "outbound" | "log">;

/** Allows for events of the same moment and clocks that disagree; events read twice are deduplicated. */
const overlapMs = 5 * 60_000;
const mostPages = 200;

/** After a shorter disconnect the stream itself resumes. */
const shortMs = 10_000;
const mostReplyBytes = 16 * 1024 * 1024;

/**
 * Before a stream is opened, reads from the system's own history what the stream may no longer hold; returns the cursor to resume
 * the stream from. What cannot be read is left to the stream: a system without a history, or one that refuses, is followed all the
 * same.
 */
export async function backFill(context: Context, reading: Reading, headers: Readonly<Record<string, string>>): Promise<string | null> {
  const { stream } = reading;
  const { history, historyPage } = sourceEndpoints[stream.source.dialect];
  if (history === undefined || historyPage === undefined || stream.body !== null || isFresh(stream, context.now())) return stream.cursor;
  const sinceMs = stream.lastEventAtMs === null ? null : stream.lastEventAtMs - overlapMs;
  let path = history({ run: stream.run, sinceMs });
  let { cursor } = stream;
  for (let page = 0; path !== null && page < mostPages; page += 1) {
    const url = endpointUrl(baseOf(stream), path);
    if (url === null) break;
    const reply = await context.outbound.post({ method: "GET", url, headers, maxReplyBytes: mostReplyBytes });
    if (reply.kind === "failed" || reply.status !== 200 || reply.cut) break;
    const told = readJson(reply.body);
    if (told === undefined) break;
    const found = historyPage(told, path, cursor);
    if (found.events.length > 0) await storeCame(context, reading, parseEvents(stringifyExact(found.events)).events, found.cursor);
    cursor = found.cursor ?? cursor;
    path = found.next;
  }
  return cursor;
}

/** Exact, because the events in it are stored. Undefined if it is not JSON or is too large. */
function readJson(text: string): Json | undefined {
  try {
    parseJson(text);
    return parseExact(text);
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

function isFresh({ cursor, tries, lastEventAtMs }: HeldStream, nowMs: number): boolean {
  return cursor !== null && tries < 2 && lastEventAtMs !== null && isYounger(lastEventAtMs, shortMs, nowMs);
}

function baseOf({ address, url }: HeldStream): string {
  return address ?? new URL(url).origin;
}
