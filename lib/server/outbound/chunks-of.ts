import type { IncomingMessage } from "node:http";

/** How many chunks and bytes may wait to be read before we apply back-pressure to the socket. */
const mostWaiting = 64;
const mostBytes = 256 * 1024;

/**
 * A reply's chunks in order, including those that arrived just before the connection broke: a stream's own iterator discards them.
 * Starts listening at once. Rejects after the last chunk if the reply did not end properly.
 */
export function chunksOf(reply: IncomingMessage): AsyncIterable<Uint8Array> {
  const waiting: Uint8Array[] = [];
  let bytes = 0;
  const end: { failure: unknown; over: boolean } = { failure: null, over: false };
  let wake = () => {};
  reply.on("data", (chunk: Buffer) => {
    waiting.push(chunk);
    bytes += chunk.length;
    if (waiting.length >= mostWaiting || bytes >= mostBytes) reply.pause();
    wake();
  });
  reply.on("error", (error) => {
    end.failure ??= error;
  });
  for (const last of ["end", "close"] as const)
    reply.on(last, () => {
      end.over = true;
      wake();
    });
  return read();

  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const next = waiting.shift();
        if (next !== undefined) {
          bytes -= next.length;
          yield next;
        } else if (end.over) break;
        else {
          reply.resume();
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
      if (!reply.complete) throw end.failure ?? new Error("aborted");
    } finally {
      reply.destroy();
    }
  }
}
