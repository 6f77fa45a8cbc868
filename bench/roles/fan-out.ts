import { writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { chunksOf, idsOf } from "../load/frames";
import { HttpConnection, postBytes } from "../load/http-connection";
import { bodyOf } from "../load/pump";
import { ShannonRun } from "../load/shannon-run";
import { SseSocket } from "../load/sse-socket";

export type FanOutTask = {
  readonly port: number;
  readonly key: string;
  readonly path: string;
  readonly readers: number;
  /** Id of the last frame that each reader waits for. */
  readonly lastId: number;
  /** Where one reader's bytes are kept for the measure; null = not kept. */
  readonly keepIn: string | null;
  /** The run that is written meanwhile, from its second event on; null when the server writes by itself. */
  readonly writeRun: string | null;
};

export type FanOutResult = {
  readonly seconds: number;
  readonly deliveries: number;
  readonly bytes: number;
  /** Readers that were cut off, or whose kept bytes have a hole. */
  readonly cut: number;
  readonly holes: number;
  readonly chunkSizes: readonly number[];
};

const writers = 8;
const eventsPerRequest = 100;
/** Events that may be written but not yet read by everybody: keeps every reader under the server's limit of unsent bytes. */
const window = 1_000;
const timeoutMs = 90_000;

/** Reads one stream on many connections, and writes to its run while they read. */
export async function fanOut(task: FanOutTask): Promise<FanOutResult> {
  const kept: Buffer[] = [];
  const sockets = Array.from(
    { length: task.readers },
    (_, index) => new SseSocket({ ...task, ...(index === 0 ? { onChunk: (chunk: Buffer) => void kept.push(chunk) } : {}) }),
  );
  await Promise.all(sockets.map((socket) => socket.connected()));
  const from = performance.now();
  const firstId = slowest(sockets);
  await Promise.all([task.writeRun === null ? startWriting(task) : write(task, task.writeRun, sockets), untilRead(sockets, task.lastId)]);
  const seconds = (performance.now() - from) / 1_000;
  const pieces = chunksOf(Buffer.concat(kept));
  const body = Buffer.concat(pieces);
  if (task.keepIn) writeFileSync(task.keepIn, body);
  for (const socket of sockets) socket.close();
  return {
    seconds,
    deliveries: sockets.reduce((sum, socket) => sum + socket.lastId - firstId, 0),
    bytes: sockets.reduce((sum, socket) => sum + socket.bytes, 0),
    cut: sockets.filter((socket) => socket.closed).length,
    holes: idsOf(body.toString("utf8")).filter((id, index) => id !== index + 1).length,
    chunkSizes: pieces.map((piece) => piece.length),
  };
}

/** Tells a server that has something to write of its own that all readers are there. */
async function startWriting({ port }: FanOutTask): Promise<void> {
  const connection = await HttpConnection.open(port);
  await connection.request(postBytes("/", "", ""));
  connection.close();
}

function slowest(sockets: readonly SseSocket[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const socket of sockets) if (!socket.closed) least = Math.min(least, socket.lastId);
  return least;
}

async function untilRead(sockets: readonly SseSocket[], lastId: number): Promise<void> {
  const until = performance.now() + timeoutMs;
  while (slowest(sockets) < lastId) {
    if (performance.now() > until) throw new Error(`readers stand at ${slowest(sockets)} of ${lastId} after ${timeoutMs / 1_000} s`);
    await pause(2);
  }
}

async function write(task: FanOutTask, runId: string, sockets: readonly SseSocket[]): Promise<void> {
  const run = new ShannonRun(runId, Date.now());
  // The run's first event made it, before the readers could open its stream.
  run.next();
  const connections = await Promise.all(Array.from({ length: writers }, () => HttpConnection.open(task.port)));
  await Promise.all(connections.map((connection) => writeOn(connection, { task, run, sockets })));
  for (const connection of connections) connection.close();
}

async function writeOn(
  connection: HttpConnection,
  { task, run, sockets }: { task: FanOutTask; run: ShannonRun; sockets: readonly SseSocket[] },
): Promise<void> {
  while (run.length < task.lastId) {
    if (run.length - slowest(sockets) >= window) {
      await pause(1);
      continue;
    }
    const count = Math.min(eventsPerRequest, task.lastId - run.length);
    const { status, body } = await connection.request(postBytes("/api/ingest/shannon", task.key, bodyOf(run, count)));
    if (status !== 200) throw new Error(`the server answered ${status}: ${body.toString("utf8").slice(0, 300)}`);
  }
}
