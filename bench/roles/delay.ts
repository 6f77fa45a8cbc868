import { setTimeout as pause } from "node:timers/promises";
import { HttpConnection, postBytes } from "../load/http-connection";
import { ShannonRun } from "../load/shannon-run";
import { SseSocket } from "../load/sse-socket";
import { percentile } from "../stats";

export type DelayTask = {
  readonly port: number;
  readonly key: string;
  /** Runs that exist with one event each; every one has a reader and a writer of its own. */
  readonly runs: readonly { readonly id: string; readonly externalId: string }[];
  /** Events of each run. */
  readonly events: number;
  /** Pause between two events of a run: null = the next one follows the receipt of the last after a moment of rest. */
  readonly everyMs: number | null;
};

export type DelayResult = { readonly events: number; readonly p50Ms: number; readonly p95Ms: number; readonly p99Ms: number };

const restMs = 15;
const timeoutMs = 10_000;

/** Time from before an event is sent (under load: from when it was due) until a reader has it, all in one process and on one clock. */
export async function delay(task: DelayTask): Promise<DelayResult> {
  const readings = await Promise.all(task.runs.map((run) => openReading(task, run)));
  const load = task.everyMs;
  await Promise.all(
    readings.map((reading, index) => (load === null ? sendIdle(task, reading) : sendPaced(task, { reading, everyMs: load, index }))),
  );
  const delays = (await Promise.all(readings.map((reading) => reading.all))).flat();
  for (const reading of readings) reading.close();
  return { events: delays.length, p50Ms: percentile(delays, 0.5), p95Ms: percentile(delays, 0.95), p99Ms: percentile(delays, 0.99) };
}

type Reading = {
  readonly run: ShannonRun;
  readonly connection: HttpConnection;
  /** When the event with this seq was sent, or was due. */
  readonly dueMs: number[];
  /** Resolves when the reader has this seq. */
  readonly received: (seq: number) => Promise<void>;
  readonly all: Promise<number[]>;
  readonly close: () => void;
};

async function openReading(task: DelayTask, { id, externalId }: DelayTask["runs"][number]): Promise<Reading> {
  const dueMs: number[] = [];
  const delays: number[] = [];
  const waiting = new Map<number, () => void>();
  let last = 1;
  const lastSeq = 1 + task.events;
  let finish: (delays: number[]) => void = () => {};
  const all = new Promise<number[]>((resolve, reject) => {
    finish = resolve;
    const lifeMs = timeoutMs + task.events * ((task.everyMs ?? restMs) + 50);
    setTimeout(() => reject(new Error(`a reader stands at ${last} of ${lastSeq}`)), lifeMs).unref();
  });
  const socket = new SseSocket({
    port: task.port,
    key: task.key,
    path: `/api/runs/${id}/stream?from=2`,
    onChunk: () => {
      const nowMs = performance.now();
      for (; last < socket.lastId; ) {
        last += 1;
        delays.push(nowMs - (dueMs[last] ?? nowMs));
        waiting.get(last)?.();
      }
      if (last >= lastSeq) finish(delays);
    },
  });
  await socket.connected();
  const connection = await HttpConnection.open(task.port);
  const run = new ShannonRun(externalId, Date.now());
  run.next();
  const received = (seq: number) => (last >= seq ? Promise.resolve() : new Promise<void>((resolve) => waiting.set(seq, resolve)));
  const close = () => {
    socket.close();
    connection.close();
  };
  return { run, connection, dueMs, received, all, close };
}

async function sendIdle(task: DelayTask, reading: Reading): Promise<void> {
  for (let sent = 0; sent < task.events; sent++) {
    await pause(restMs);
    const seq = await send(task, reading, () => performance.now());
    await reading.received(seq);
  }
}

async function sendPaced(
  task: DelayTask,
  { reading, everyMs, index }: { reading: Reading; everyMs: number; index: number },
): Promise<void> {
  const fromMs = performance.now() + (everyMs * index) / task.runs.length;
  for (let sent = 0; sent < task.events; sent++) {
    const due = fromMs + sent * everyMs;
    const wait = due - performance.now();
    if (wait > 0) await pause(wait);
    // A late sender counts from when the event was due; one that its timer woke a moment early from when it really left.
    await send(task, reading, () => (wait > 0 ? performance.now() : due));
  }
}

async function send(task: DelayTask, { run, connection, dueMs }: Reading, dueAt: () => number): Promise<number> {
  const bytes = postBytes("/api/ingest/shannon", task.key, run.next());
  dueMs[run.length] = dueAt();
  const { status, body } = await connection.request(bytes);
  if (status !== 200) throw new Error(`the server answered ${status}: ${body.toString("utf8").slice(0, 300)}`);
  return run.length;
}
