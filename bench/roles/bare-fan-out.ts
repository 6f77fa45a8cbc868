import { readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Announce } from "../process/role";

export type BareFanOutTask = {
  /** File with the bytes that a reader of the product got, and the sizes of the chunks in which it got them. */
  readonly bytesFile: string;
  readonly chunkSizes: readonly number[];
};

/** Bytes that a socket may hold unsent before the next chunk waits for it. */
const maxUnsent = 256 * 1024;

/** The measure for live streams: a node:http server that writes the same chunks to all its readers, as fast as they take them, from a POST on. */
export function bareFanOut(task: BareFanOutTask, announce: Announce<{ port: number }>): Promise<never> {
  const bytes = readFileSync(task.bytesFile);
  const readers: ServerResponse[] = [];
  const server = createServer((request, response) => {
    if (request.method === "POST") {
      response.writeHead(204, { "content-length": 0 }).end();
      void write(readers, bytes, task.chunkSizes);
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache, no-transform" });
    response.flushHeaders();
    readers.push(response);
  });
  server.listen(0, "127.0.0.1", () => announce({ port: (server.address() as AddressInfo).port }));
  return new Promise(() => {});
}

async function write(readers: readonly ServerResponse[], bytes: Buffer, sizes: readonly number[]): Promise<void> {
  let at = 0;
  for (const size of sizes) {
    const chunk = bytes.subarray(at, at + size);
    at += size;
    for (const reader of readers) reader.write(chunk);
    await new Promise((resolve) => setImmediate(resolve));
    for (const reader of readers) {
      if (reader.writableLength > maxUnsent && !reader.destroyed) await new Promise((resolve) => reader.once("drain", resolve));
    }
  }
}
