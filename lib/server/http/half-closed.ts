import type { IncomingMessage, Server, ServerResponse } from "node:http";

/** Node's own switch for it, which its types leave out. */
type HalfOpen = { httpAllowHalfOpen: boolean };

/**
 * Answers also who closes its half of the connection behind its request, as netcat does: Node would close the other half
 * before the answer is made, and what was stored would seem lost. Whoever has closed all of it says the same to us. So a reader of a
 * stream that says it is let go at once, and every other answer ends by itself.
 */
export function answerHalfClosed(server: Server, streams: Iterable<ServerResponse>): void {
  (server as Server & HalfOpen).httpAllowHalfOpen = true;
  server.on("connection", (socket) => {
    socket.once("end", () => {
      for (const response of streams) if (response.req.socket === socket) response.destroy();
    });
  });
}

/** Whether the peer has said that nothing more comes; it may read on or be gone. */
export function mayBeGone({ socket }: Pick<IncomingMessage, "socket">): boolean {
  return socket.readableEnded;
}

export function isEventStream(contentType: unknown): boolean {
  return String(contentType).startsWith("text/event-stream");
}
