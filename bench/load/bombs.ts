import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { getBytes } from "./http-connection";

export type Target = { readonly port: number; readonly key: string };

type Answered = { readonly status: number; readonly bytes: number };

/** One request on a connection of its own; the answer is read and thrown away. A connection that was cut counts as status 0. */
export function exchange(target: Target, path: string, body?: Buffer, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
  return new Promise((resolve) => {
    const sent = request(
      {
        port: target.port,
        host: "127.0.0.1",
        agent: false,
        path,
        method: body === undefined ? "GET" : "POST",
        headers: {
          authorization: `Bearer ${target.key}`,
          ...(body === undefined ? {} : { "content-length": body.length, "content-type": "application/json" }),
          ...headers,
        },
      },
      (reply) => {
        let bytes = 0;
        reply.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
        });
        const done = () => resolve({ status: reply.complete ? (reply.statusCode ?? 0) : 0, bytes });
        reply.on("end", done).on("error", done).on("close", done);
      },
    );
    sent.on("error", () => resolve({ status: 0, bytes: 0 }));
    sent.end(body);
  });
}

/** Readers that take the first bytes of a stream and then nothing more. */
export function openStalled(target: Target, path: string, count: number): Promise<Socket[]> {
  return Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<Socket>((resolve, reject) => {
          const socket = connect({ port: target.port, host: "127.0.0.1" }, () => socket.write(getBytes(path, target.key)));
          socket.once("error", reject);
          socket.once("data", () => {
            socket.pause();
            socket.on("error", () => {});
            resolve(socket);
          });
        }),
    ),
  );
}

/** Senders whose body never ends: a blank now and then. */
export function openSlow(target: Target, count: number): Socket[] {
  return Array.from({ length: count }, (_, index) => {
    const socket = connect({ port: target.port, host: "127.0.0.1" });
    socket.on("error", () => {});
    socket.write(
      `POST /api/ingest/shannon?run=slow-${index} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${target.key}\r\ncontent-type: application/x-ndjson\r\ntransfer-encoding: chunked\r\n\r\n`,
    );
    const drip = setInterval(() => socket.write("1\r\n \r\n"), 100);
    socket.on("close", () => clearInterval(drip));
    return socket;
  });
}

const ndjson = { "content-type": "application/x-ndjson" };

/** Bodies that ask for more than they look like, with what they are to be answered. */
export function bodyBombs(): readonly {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;
}[] {
  const text = (value: string) => Buffer.from(value);
  return [
    { body: gzipSync(Buffer.alloc(100 * 1024 * 1024, "\n")), headers: { ...ndjson, "content-encoding": "gzip" }, status: 413 },
    { body: gzipSync(Buffer.alloc(100 * 1024 * 1024, " ")), headers: { "content-encoding": "gzip" }, status: 413 },
    { body: text(`{"workflow_id":"b","type":"X",${'"k":1,'.repeat(600_000)}"z":1}`), headers: {}, status: 400 },
    { body: text(`{"workflow_id":"b","type":"X","p":${"[".repeat(100_000)}${"]".repeat(100_000)}}`), headers: {}, status: 400 },
    { body: Buffer.alloc(20 * 1024 * 1024, "x"), headers: {}, status: 413 },
    { body: text("[".repeat(4_000_000)), headers: {}, status: 400 },
  ];
}

/** Does it again and again until the time is over; answers how often. */
export async function keepDoing(until: number, does: () => Promise<void>): Promise<number> {
  let times = 0;
  for (; performance.now() < until; times++) {
    await does();
    await pause(0);
  }
  return times;
}
