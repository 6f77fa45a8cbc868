import type { IncomingMessage, Server, ServerResponse } from "node:http";

/** Node's own switch for this, which its types omit. */
type HalfOpen = { httpAllowHalfOpen: boolean };

/**
 * Also answers a client that closes its half of the connection after its request, as netcat does: Node would close the other half before
 * the response is ready, and what was stored would seem lost. A client that closed the whole connection looks the same to us. So a stream's
 * reader that does this is dropped at once, and every other response ends by itself.
 */
export function answerHalfClosed(server: Server, streams: Iterable<ServerResponse>): void {
  (server as Server & HalfOpen).httpAllowHalfOpen = true;
  server.on("connection", (socket) => {
    socket.once("end", () => {
      for (const response of streams) if (response.req.socket === socket) response.destroy();
    });
  });
}

/** Whether the peer has said that it sends nothing more; it may still be reading or be gone. */
export function mayBeGone({ socket }: Pick<IncomingMessage, "socket">): boolean {
  return socket.readableEnded;
}

export function isEventStream(contentType: unknown): boolean {
  return String(contentType).startsWith("text/event-stream");
}
