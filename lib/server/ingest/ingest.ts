import { createHash } from "node:crypto";
import type { Dialect } from "@/lib/core/dialect";
import { scanJson } from "@/lib/core/json-scan";
import { runIdOf } from "@/lib/dialects/shared/run-id-of";
import { DomainError } from "../errors";
import type { Call } from "../http/call";
import { idempotencyKeyOf } from "../http/idempotency-key";
import { collect, inflated, maxBodyBytes, readBody, utf8 } from "../http/read-body";
import { services } from "../services";
import type { RawEvent } from "./accept-event";
import { type BodyKind, bodyKind, kindOfStart } from "./body-kind";
import { answerOfWinner, earlierAnswer } from "./earlier-answer";
import { type ChunkedBody, ingestStream } from "./ingest-stream";
import { parseEvents } from "./parse-events";
import { splitBody } from "./split-body";
import { type Door, emptyReport, type IngestReport, storeEvents } from "./store-events";

const batchEvents = 1_000;
/** A body that begins with more white space than this is treated as empty. */
const peekChars = 64 * 1024;
export const sourceName = /^[\p{L}\p{N}][\p{L}\p{N} ._:/@-]{0,99}$/u;

/** The outcome of a request, and whether its body was a single object. */
export type Ingested = {
  readonly report: IngestReport;
  readonly single: boolean;
  /** Response to an earlier identical request under the same Idempotency-Key. */
  readonly repeated?: string;
};

/** Reads a request's body in any supported form and stores its events. Throws DomainError. */
export async function ingest(call: Call, dialect: Dialect, answer: Answer): Promise<Ingested> {
  const door = await openDoor(call, dialect);
  const kind = bodyKind(call);
  if (kind === "json") return ingestJson(call, door, await readBody(call), answer);
  const hasLength = call.header("content-length") !== undefined;
  // A repeated body can be recognised only when it has arrived in full.
  const mayRepeat = hasLength && call.header("idempotency-key") !== undefined;
  const lines = (kind: "ndjson" | "sse", text: string) =>
    ingestWhole(call, door, { text, events: splitBody(kind, text), single: false }, answer);
  if (kind !== null) return mayRepeat ? lines(kind, await readBody(call)) : ingestChunks(call, door, { kind, chunks: inflated(call) });
  const { kind: sniffed, chunks } = await peek(inflated(call));
  // A body of known length may be one JSON object over several lines; a body of unknown length has one event per line.
  if (!mayRepeat && (sniffed === "sse" || (sniffed === "ndjson" && !hasLength))) return ingestChunks(call, door, { kind: sniffed, chunks });
  const text = utf8(await collect(chunks, maxBodyBytes));
  if (sniffed === "sse") return lines(sniffed, text);
  return isJson(text) ? ingestJson(call, door, text, answer) : lines("ndjson", text);
}

async function ingestChunks(call: Call, door: Door, body: ChunkedBody): Promise<Ingested> {
  const report = emptyReport();
  await ingestStream(door, { ...body, stillAllowed: call.stillAllowed }, report);
  return { report, single: false };
}

function isJson(text: string): boolean {
  if (!scanJson(text).ok) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function openDoor(call: Call, dialect: Dialect): Promise<Door> {
  const name = call.query.get("source") ?? "default";
  if (!sourceName.test(name))
    throw new DomainError(
      "invalid_request",
      "The source's name may contain letters, digits, spaces and . _ : / @ -, at most 100 characters.",
      {
        path: "?source=",
      },
    );
  const given = call.query.get("run");
  // The same rule as in a body: an id that is invalid there is invalid here too.
  const named = given === null ? null : runIdOf(given);
  if (named !== null && typeof named !== "string") throw new DomainError("invalid_request", named.message, { path: "?run=" });
  const source = await services().sources.find(call.principal.projectId, dialect, name);
  return {
    projectId: call.principal.projectId,
    source,
    context: { dialect, givenRun: given, lastRun: null, receivedAtMs: services().now(), keyId: call.principal.keyId, redactor: null },
  };
}

type Answer = (report: IngestReport, single: boolean) => string;

function ingestJson(call: Call, door: Door, text: string, answer: Answer): Promise<Ingested> {
  return ingestWhole(call, door, { text, ...parseEvents(text) }, answer);
}

type WholeBody = { readonly text: string; readonly events: readonly RawEvent[]; readonly single: boolean };

async function ingestWhole(call: Call, door: Door, { text, events, single }: WholeBody, answer: Answer): Promise<Ingested> {
  const report = emptyReport();
  const key = idempotencyKeyOf(call);
  if (key === undefined) {
    // One transaction if it is small; otherwise what precedes a failure stays stored, as its seq shows. A request that is partly stored
    // waits for room: refused halfway, it would be sent again as a whole.
    for (let at = 0; at < events.length; at += batchEvents)
      await storeEvents(door, events.slice(at, at + batchEvents), report, { firstIndex: at, patient: at > 0 });
    return { report, single };
  }
  const request = { projectId: door.projectId, key, bodyHash: hashOf(door, text) };
  const repeated = await earlierAnswer(request);
  if (repeated !== null) return { report, single, repeated };
  const idempotency = { ...request, reply: (done: IngestReport) => answer(done, single) };
  try {
    await storeEvents(door, events, report, { firstIndex: 0, idempotency });
  } catch (error) {
    return { report, single, repeated: await answerOfWinner(request, error) };
  }
  return { report, single };
}

// The same lines for another run or source are a different request: answering them with the first one's result would lose them.
function hashOf({ source, context }: Door, text: string): Buffer {
  const hash = createHash("sha256");
  const address = [source.id, context.givenRun].filter((part) => part !== null);
  return hash.update(JSON.stringify(address)).update(text).digest();
}

/**
 * The body's kind by its first characters, and the whole body again. A reader that stops early must release it, because nobody else can.
 */
async function peek(chunks: AsyncIterable<Uint8Array>): Promise<{ kind: BodyKind; chunks: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  const decoder = new TextDecoder("utf-8");
  let start = "";
  let length = 0;
  while (start === "" && length < peekChars) {
    const next = await iterator.next();
    if (next.done) break;
    seen.push(next.value);
    length += next.value.length;
    start = decoder.decode(next.value, { stream: true }).trimStart();
  }
  async function* again() {
    try {
      yield* seen;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  try {
    return { kind: kindOfStart(start), chunks: again() };
  } catch (error) {
    await iterator.return?.();
    throw error;
  }
}
