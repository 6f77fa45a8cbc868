import { DomainError } from "../errors";
import type { Sink } from "../live/sink";
import { api } from "../routes/router";
import type { HttpReply, Unrouted } from "./call";
import { collect } from "./read-body";
import { requestIdOf } from "./request-id";
import { errorReply, handshakeNeeded, respond } from "./respond";

/** The same routes as a Web-standard handler, for `route.ts` files. */
export async function webHandler(request: Request): Promise<Response> {
  const url = new URL(request.url);
  const body = bytesOf(request.body);
  const call: Unrouted = {
    method: request.method,
    path: url.pathname,
    query: url.searchParams,
    requestId: requestIdOf(request.headers.get("x-request-id")),
    header: (name) => request.headers.get(name) ?? undefined,
    body,
    whole: (limit) => collect(body, limit),
  };
  const reply =
    (await respond(api(), call)) ?? errorReply(new DomainError("not_found", "There is nothing at this address."), call.requestId);
  return responseOf(reply.kind === "socket" ? handshakeNeeded(call.requestId) : reply, request.signal);
}

async function* bytesOf(body: ReadableStream<Uint8Array> | null): AsyncIterable<Uint8Array> {
  if (!body) return;
  const reader = body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

function responseOf(reply: HttpReply, signal: AbortSignal): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(reply.headers ?? {})) {
    for (const one of typeof value === "string" ? [value] : value) headers.append(name, one);
  }
  if (reply.kind === "full") {
    if (!signal.aborted) reply.given?.();
    return new Response(reply.body as BodyInit | null, { status: reply.status, headers });
  }
  const body = new ReadableStream<Uint8Array>({ start: (controller) => reply.start(sinkOf(controller, signal)) });
  return new Response(body, { status: reply.status, headers });
}

function sinkOf(controller: ReadableStreamDefaultController<Uint8Array>, signal: AbortSignal): Sink {
  const listeners: (() => void)[] = [];
  const state = { closed: false };
  const close = () => {
    if (state.closed) return;
    state.closed = true;
    for (const listener of listeners) listener();
  };
  signal.addEventListener("abort", close);
  return {
    write: (chunk) => {
      if (!state.closed) controller.enqueue(chunk);
    },
    get unsent() {
      return Math.max(0, -(controller.desiredSize ?? 0));
    },
    drained: () => new Promise((resolve) => setTimeout(resolve, 20)),
    end: () => {
      if (!state.closed) controller.close();
      close();
    },
    cut: () => {
      if (!state.closed) controller.error(new Error("cut"));
      close();
    },
    get closed() {
      return state.closed;
    },
    onClose: (listener) => void listeners.push(listener),
  };
}
