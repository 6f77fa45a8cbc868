import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { DomainError } from "../errors";
import type { Sink } from "../live/sink";
import type { Call, Reply } from "./call";
import { Gathered } from "./gathered";
import { bodyTimeoutMs, tooLarge, tooSlow } from "./read-body";

const acceptedRequestId = /^[A-Za-z0-9._-]{1,64}$/;

/** A node request as a call. The body is read only by a handler that wants it. */
export function callOf(request: IncomingMessage): Omit<Call, "params" | "principal" | "stillAllowed"> {
  const url = request.url ?? "/";
  const mark = url.indexOf("?");
  const path = mark < 0 ? url : url.slice(0, mark);
  const given = request.headers["x-request-id"];
  let query: URLSearchParams | undefined;
  return {
    method: request.method ?? "GET",
    path: path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path,
    get query() {
      query ??= new URLSearchParams(mark < 0 ? "" : url.slice(mark + 1));
      return query;
    },
    requestId: typeof given === "string" && acceptedRequestId.test(given) ? given : randomUUID(),
    header: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
    // Whoever stops reading early leaves the connection to its answer.
    body: { [Symbol.asyncIterator]: () => request.iterator({ destroyOnReturn: false }) },
    whole: (limit) => whole(request, limit),
  };
}

// Listeners, not async iteration: this is the path of every single event.
function whole(request: IncomingMessage, limit: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const gathered = new Gathered();
    const timer = setTimeout(() => finish(() => reject(tooSlow())), bodyTimeoutMs);
    const onChunk = (chunk: Buffer) => {
      gathered.add(chunk);
      if (gathered.size > limit) finish(() => reject(tooLarge(limit)));
    };
    const onEnd = () => finish(() => resolve(gathered.whole()));
    const onClose = () => finish(() => reject(new DomainError("invalid_request", "The request was cut off before its body was complete.")));
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      request.off("data", onChunk).off("end", onEnd).off("close", onClose);
      request.pause();
      settle();
    };
    request.on("data", onChunk).on("end", onEnd).on("close", onClose);
  });
}

/** Writes a reply to a node response. */
export function sendReply(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  if (response.destroyed || response.headersSent) return;
  if (reply.kind === "full") {
    const headers: Record<string, string | readonly string[] | number> = { ...reply.headers };
    if (reply.body !== null) headers["content-length"] = Buffer.byteLength(reply.body);
    const body = request.method === "HEAD" ? null : reply.body;
    // An unread body would be taken for the next request on this connection.
    if (!request.complete) headers.connection = "close";
    response.writeHead(reply.status, headers as Record<string, string>);
    if (request.complete) response.end(body ?? undefined);
    else endBehind(request, response, body);
    return;
  }
  response.writeHead(reply.status, reply.headers as Record<string, string>);
  response.socket?.setNoDelay(true);
  response.flushHeaders();
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  reply.start(sinkOf(response));
}

/** How long a sender is heard that has been answered before its body was there. */
const hearOutMs = 5_000;

/**
 * Answers now, and ends the connection when the body is through: closed with bytes unread, it would be reset, and most senders learn
 * of a broken pipe in place of the refusal that they were sent.
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
    drained: () =>
      new Promise((resolve) => {
        if (response.destroyed || !response.writableNeedDrain) return resolve();
        const done = () => {
          response.off("drain", done);
          response.off("close", done);
          resolve();
        };
        response.on("drain", done);
        response.on("close", done);
      }),
    end: () => void response.end(),
    cut: () => void response.destroy(),
    get closed() {
      return response.destroyed || response.writableEnded;
    },
    onClose: (listener) => void response.on("close", listener),
  };
}
