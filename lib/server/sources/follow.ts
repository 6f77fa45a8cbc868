import { backOffMs, isFinalRefusal } from "@/lib/core/sources/back-off";
import { sourceEndpoints } from "@/lib/dialects/source-endpoints";
import { DomainError } from "../errors";
import { lastEventIdHeader } from "../http/last-event-id";
import type { OutboundStream } from "../outbound/post";
import { SealError } from "../secrets/seal";
import type { Services } from "../services";
import { backFill } from "./back-fill";
import { type HeldStream, noteSent, noteStream, type StreamEnd } from "./claim-streams";
import { isRunOver, openReading, type Reading, readStream } from "./read-stream";
import { tokenPlace } from "./source-token";

export type FollowContext = Pick<Services, "pool" | "outbound" | "sealer" | "now" | "version" | "log">;

/** The real systems send a heartbeat every 10 or 30 seconds. */
const idleMs = 90_000;

/** Follows a stream for one connection and returns its outcome. Rejects only if our own database fails. */
export async function follow(context: FollowContext, stream: HeldStream, signal: AbortSignal): Promise<StreamEnd> {
  const headers = headersOf(context, stream);
  if (typeof headers === "string") return { status: "failed", error: headers };
  // A POST runs the agent: it is sent once, whatever happens.
  if (stream.body !== null && stream.tries > 0)
    return { status: "failed", error: "The connection broke. It is not reopened, because that would run the agent again." };
  const reading = openReading(stream, context.now());
  try {
    return await connect(context, reading, { headers, signal });
  } catch (error) {
    if (signal.aborted) return again(context, reading, null);
    if (error instanceof DomainError && error.code !== "overloaded" && error.code !== "unavailable")
      return { status: "failed", error: error.message };
    if (!isConnectionError(error)) throw error;
    return again(context, reading, wordsOf(error));
  }
}

type Connecting = { readonly headers: Readonly<Record<string, string>>; readonly signal: AbortSignal };

async function connect(context: FollowContext, reading: Reading, { headers, signal }: Connecting): Promise<StreamEnd> {
  const { stream } = reading;
  const cursor = await backFill(context, reading, headers);
  if (stream.body !== null && !(await noteSent(context.pool, stream)))
    return { status: "failed", error: "Another process is already running the agent." };
  const opened = await context.outbound.stream({
    url: stream.url,
    method: stream.body === null ? "GET" : "POST",
    headers: {
      ...headers,
      accept: "text/event-stream",
      ...(cursor === null ? {} : lastEventIdHeader(cursor)),
      ...(stream.body === null ? {} : { "content-type": "application/json" }),
    },
    ...(stream.body === null ? {} : { body: stream.body }),
    ...{ signal, idleMs },
  });
  if (opened.kind !== "open") return (await isRunOver(stream)) ? { status: "ended" } : refused(context, reading, opened);
  if (!opened.contentType.includes("text/event-stream"))
    return {
      status: "failed",
      error: `It replied with ${opened.contentType || "no Content-Type"}, not with an event stream.`,
    };
  await noteStream(context.pool, stream, context.now(), { connected: true });
  await readStream(context, reading, opened.body);
  const run = stream.run ?? (stream.body === null ? null : reading.door.context.lastRun);
  if (reading.ended || (await isRunOver({ ...stream, run }))) return { status: "ended" };
  return again(context, reading, "The source closed the stream.");
}

function refused({ now }: FollowContext, { stream }: Reading, answer: Exclude<OutboundStream, { kind: "open" }>): StreamEnd {
  const tries = stream.tries + 1;
  if (answer.kind === "failed") {
    if (answer.reason === "refused") return { status: "failed", error: answer.message };
    const error = answer.reason === "timeout" ? "No reply in time." : `Not reachable: ${answer.message}`;
    return stream.body === null ? { status: "following", error, tries, nextTryMs: now() + backOffMs(tries) } : { status: "failed", error };
  }
  const error = `HTTP ${answer.status}${answer.body === "" ? "" : `: ${answer.body.slice(0, 300).toWellFormed().replaceAll("\u0000", "\ufffd")}`}`;
  if (stream.body !== null || isFinalRefusal(answer.status, stream.tries)) return { status: "failed", error };
  const retryAfterMs = Number(answer.retryAfter ?? "") * 1_000;
  return { status: "following", error, tries, nextTryMs: now() + backOffMs(tries, Number.isFinite(retryAfterMs) ? retryAfterMs : null) };
}

/**
 * A connection that brought something new is reopened at once, unless it ran an agent. Otherwise we back off: a source that repeats
 * itself and closes would be polled a dozen times a second forever.
 */
function again({ now }: FollowContext, { stream, isNews }: Reading, error: string | null): StreamEnd {
  if (stream.body !== null && error !== null)
    return { status: "failed", error: `${error} It is not reopened, because that would run the agent again.` };
  const tries = isNews && stream.body === null ? 0 : stream.tries + 1;
  return { status: "following", error, tries, nextTryMs: now() + (tries === 0 ? 0 : backOffMs(tries)) };
}

/** Our request headers, or a sentence if they cannot be built. The token is sent only to the source's own address. */
function headersOf({ sealer, version }: FollowContext, stream: HeldStream): Record<string, string> | string {
  const base = { "user-agent": `Watchfloor/${version}` };
  if (stream.token === null) return base;
  if (stream.address === null || new URL(stream.address).origin !== new URL(stream.url).origin)
    return "The stream is on another host than the source's address, so the token is not sent there.";
  try {
    const token = sealer.open(stream.token, tokenPlace(stream.source.id));
    return { ...base, ...sourceEndpoints[stream.source.dialect].headers(token) };
  } catch (error) {
    if (error instanceof SealError) return `The token cannot be decrypted. ${error.message}`;
    throw error;
  }
}

const connectionCodes: ReadonlySet<string> = new Set([
  ...["ECONNRESET", "ECONNREFUSED", "ECONNABORTED", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "EAI_AGAIN"],
  ...["HPE_INVALID_CHUNK_SIZE", "HPE_INVALID_EOF_STATE", "ERR_STREAM_PREMATURE_CLOSE", "ERR_STREAM_DESTROYED"],
]);

function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return error.name === "TimeoutError" || error.name === "AbortError" || connectionCodes.has(code) || error.message === "aborted";
}

function wordsOf(error: unknown): string {
  return error instanceof Error && error.name === "TimeoutError" ? "No data arrived for too long." : "The connection broke.";
}
