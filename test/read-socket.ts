import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { type ClientOptions, WebSocket } from "ws";

/** A WebSocket under test: every message that came so far, and ways to wait for more. */
export type SocketReader = {
  readonly peer: WebSocket;
  /** Resolves with the first `count` messages. */
  readonly messages: (count: number) => Promise<Record<string, unknown>[]>;
  /** Resolves with the code with which the connection was closed; 1006 = it broke. */
  readonly closed: Promise<number>;
};

/** Opens a WebSocket of a server at this http address and keeps its messages, which must be text. */
export async function readSocket(url: string, options: ClientOptions = {}): Promise<SocketReader> {
  const peer = new WebSocket(url.replace(/^http/, "ws"), options);
  const came: Record<string, unknown>[] = [];
  const waiting = new Set<() => void>();
  let code: number | null = null;
  const wake = () => {
    for (const look of waiting) look();
  };
  peer.on("message", (message, isBinary) => {
    if (isBinary) throw new Error("a binary message");
    came.push(JSON.parse(String(message)));
    wake();
  });
  const closed = new Promise<number>((resolve) => {
    peer.on("close", (given) => {
      code = given;
      resolve(given);
      wake();
    });
  });
  await new Promise<void>((resolve, reject) => {
    peer.on("open", resolve);
    peer.on("error", reject);
  });
  const messages = (count: number) =>
    new Promise<Record<string, unknown>[]>((resolve, reject) => {
      const look = () => {
        if (came.length < count && code === null) return;
        waiting.delete(look);
        if (came.length < count) reject(new Error(`closed with ${code} after ${JSON.stringify(came)}`));
        else resolve(came.slice(0, count));
      };
      waiting.add(look);
      look();
    });
  return { peer, messages, closed };
}

export type SocketRefusal = { readonly status: number; readonly headers: IncomingMessage["headers"]; readonly body: unknown };

/** What a handshake is answered with that is refused. */
export function refusedSocket(url: string, options: ClientOptions = {}): Promise<SocketRefusal> {
  return new Promise((resolve, reject) => {
    const peer = new WebSocket(url.replace(/^http/, "ws"), options);
    peer.on("open", () => reject(new Error("it was let in")));
    peer.on("error", reject);
    peer.on("unexpected-response", (_, reply) => {
      text(reply).then((body) => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: JSON.parse(body) }), reject);
    });
  });
}
