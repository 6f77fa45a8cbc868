import type { IncomingMessage, ServerResponse } from "node:http";
import { DomainError } from "../errors";
import type { Sink } from "../live/sink";
import { services } from "../services";
import type { Call, Headers, HttpReply, Unrouted } from "./call";
import { asGzip, compressed, gzipSink, isCompressed } from "./compress";
import { drained } from "./drained";
import { Gathered } from "./gathered";
import { isEventStream, mayBeGone } from "./half-closed";
import { bodyTimeoutMs, refusalOf, tooSlow } from "./read-body";
import { requestIdOf } from "./request-id";

/** A Node request as a call. The body is read only if a handler wants it. */
export function callOf(request: IncomingMessage): Unrouted {
  return new NodeCall(request);
}

const nothingAsked = new URLSearchParams();

// One class for every request: an object literal with a getter is built anew, slowly, each time.
class NodeCall implements Unrouted {
  // Declared from the start, so that completing the call does not change the object's layout.
  readonly params: Call["params"] | undefined = undefined;
  readonly principal: Call["principal"] | undefined = undefined;
  readonly stillAllowed: Call["stillAllowed"] | undefined = undefined;
  readonly method: string;
  readonly path: string;
  readonly requestId: string;
  readonly #request: IncomingMessage;
  readonly #search: string;
  #query: URLSearchParams | undefined;
  #body: AsyncIterable<Uint8Array> | undefined;

  constructor(request: IncomingMessage) {
    const url = request.url ?? "/";
    const mark = url.indexOf("?");
    const path = mark < 0 ? url : url.slice(0, mark);
    const given = request.headers["x-request-id"];
    this.method = request.method ?? "GET";
    this.path = plainPath(path);
    this.requestId = requestIdOf(given);
    this.#request = request;
    this.#search = mark < 0 ? "" : url.slice(mark + 1);
  }

  get query(): URLSearchParams {
    this.#query ??= this.#search === "" ? nothingAsked : new URLSearchParams(this.#search);
    return this.#query;
  }

  // A reader that stops early leaves the connection open for the response.
  get body(): AsyncIterable<Uint8Array> {
    this.#body ??= { [Symbol.asyncIterator]: () => this.#request.iterator({ destroyOnReturn: false }) };
    return this.#body;
  }

  header(name: string): string | undefined {
    const value = this.#request.headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  }

  whole(limit: number): Promise<Uint8Array> {
    return whole(this.#request, limit);
  }
}

/** A base address that ends in a slash puts two slashes before what is appended to it. */
function plainPath(path: string): string {
  const single = path.includes("//") ? path.replace(/\/{2,}/g, "/") : path;
  return single.length > 1 && single.endsWith("/") ? single.slice(0, -1) : single;
}

// Listeners, not async iteration: every single event takes this path.
function whole(request: IncomingMessage, limit: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const gathered = new Gathered();
    const onChunk = (chunk: Buffer) => {
      gathered.add(chunk);
      const refusal = refusalOf(gathered, limit);
      if (refusal) refuse(refusal);
    };
    const onEnd = () => {
      clearTimeout(timer);
      resolve(gathered.whole());
    };
    const onClose = () => {
      if (!request.readableEnded) refuse(new DomainError("invalid_request", "The request was cut off before its body was complete."));
    };
    const refuse = (error: DomainError) => {
      clearTimeout(timer);
      gathered.leave();
      request.off("data", onChunk).off("end", onEnd).off("close", onClose);
      request.pause();
      reject(error);
    };
    const timer = setTimeout(() => refuse(tooSlow()), bodyTimeoutMs);
    request.on("data", onChunk).on("end", onEnd).on("close", onClose);
  });
}

/** Keeps browsers from treating agents' text as a page. */
export const noSniff = ["x-content-type-options", "nosniff"] as const;

/** An object, not a list: on a response that Next has handled, writeHead is not Node's own and does not accept lists. */
function headersOf(given: Headers = {}): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = { [noSniff[0]]: noSniff[1] };
  for (const name of Object.keys(given)) headers[name] = given[name] as string | string[];
  return headers;
}

/** Writes a reply to a Node response. */
export function sendReply(request: IncomingMessage, response: ServerResponse, reply: HttpReply): void {
  if (response.destroyed || response.headersSent) return;
  const isZipped = isCompressed(request, reply);
  if (isZipped && reply.kind === "full") {
    compressed(reply).then(
      (small) => sendReply(request, response, small),
      () => response.destroy(),
    );
    return;
  }
  const headers = headersOf(isZipped ? asGzip(reply) : reply.headers);
  services().metrics.replied(request.method ?? "", reply.status);
  if (reply.kind === "full") {
    if (reply.body !== null) headers["content-length"] = String(Buffer.byteLength(reply.body));
    const body = request.method === "HEAD" ? null : reply.body;
    // An unread body would be taken for the next request on this connection.
    if (!request.complete) headers.connection = "close";
    response.writeHead(reply.status, headers);
    if (request.complete) response.end(body ?? undefined);
    else endBehind(request, response, body);
    if (body !== null && reply.given && !mayBeGone(request)) reply.given();
    return;
  }
  if (isEventStream(headers["content-type"]) && mayBeGone(request)) {
    response.destroy();
    return;
  }
  response.writeHead(reply.status, headers);
  response.socket?.setNoDelay(true);
  response.flushHeaders();
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  const sink = sinkOf(response);
  reply.start(isZipped ? gzipSink(response, sink) : sink);
}

/** How long we keep reading from a sender that was answered before its body arrived. */
const hearOutMs = 5_000;

/**
 * Responds now, and ends the connection once the body has been read: closing it with bytes unread would reset it, and most senders would
 * see a broken pipe instead of the refusal.
 */
function endBehind(request: IncomingMessage, response: ServerResponse, body: string | Uint8Array | null): void {
  if (body === null) response.flushHeaders();
  else response.write(body);
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, hearOutMs);
  request.once("end", end).once("close", end).resume();
}

function sinkOf(response: ServerResponse): Sink {
  return {
    write: (chunk) => {
      if (!response.destroyed && !response.writableEnded) response.write(chunk);
    },
    get unsent() {
      return response.writableLength;
    },
    drained: () => drained(response),
    end: () => void response.end(),
    cut: () => void response.destroy(),
    get closed() {
      return response.destroyed || response.writableEnded;
    },
    onClose: (listener) => void response.on("close", listener),
  };
}
