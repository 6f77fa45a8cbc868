import { stringifyExact } from "@/lib/core/exact-json";
import type { Sink } from "../live/sink";
import type { Principal } from "./principal";

/** A request as handlers see it, whichever front end received it. */
export type Call = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly requestId: string;
  /** Path parameters, decoded. */
  readonly params: Readonly<Record<string, string>>;
  header(name: string): string | undefined;
  readonly body: AsyncIterable<Uint8Array>;
  /** The whole body, as fast as this front end can; rejects with too_large beyond `limit` bytes, with overloaded and with timeout. */
  whole(limit: number): Promise<Uint8Array>;
  /** Set by the router before the handler runs; open routes have none. */
  readonly principal: Principal;
  /** Rejects if the key has been revoked or the session has ended since; for long-running calls. */
  readonly stillAllowed: () => Promise<void>;
};

/** A call before its route is known. */
export type Unrouted = Omit<Call, "params" | "principal" | "stillAllowed">;

export type Headers = Readonly<Record<string, string | readonly string[]>>;

export type FullReply = {
  readonly kind: "full";
  readonly status: number;
  readonly headers?: Headers;
  readonly body: string | Uint8Array | null;
  /** Called when the response goes out, if its caller is still allowed to have it and still connected. */
  readonly given?: () => void;
};

/** What goes out as the response to a request. */
export type HttpReply =
  | FullReply
  | {
      readonly kind: "stream";
      readonly status: number;
      readonly headers: Headers;
      /** Called once, after the headers went out. */
      readonly start: (sink: Sink) => void;
    };

export type Reply = HttpReply | SocketReply;

/** The connection becomes a WebSocket; its sink takes whole frames. */
export type SocketReply = {
  readonly kind: "socket";
  /** Called once, after the handshake. */
  readonly start: (sink: Sink) => void;
};

export function json(status: number, value: unknown, headers: Headers = {}): FullReply {
  return jsonText(status, stringifyExact(value), headers);
}

/** A response whose delivery is recorded. */
export function noted(reply: FullReply, given: () => void): FullReply {
  return { ...reply, given };
}

/** For text that is already JSON. */
export function jsonText(status: number, body: string, headers: Headers = {}): FullReply {
  return { kind: "full", status, headers: { "content-type": "application/json; charset=utf-8", ...headers }, body };
}

/** An event stream: never cached, never compressed, never buffered by a proxy. */
export function eventStream(start: (sink: Sink) => void, headers: Headers = {}): Reply {
  return {
    kind: "stream",
    status: 200,
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
      ...headers,
    },
    start,
  };
}
