import { percentile } from "../stats";
import { HttpConnection, postBytes } from "./http-connection";
import { ShannonRun } from "./shannon-run";

export type PumpTask = {
  readonly port: number;
  readonly key: string;
  readonly connections: number;
  readonly durationMs: number;
  readonly eventsPerRequest: number;
  readonly runs: number;
  readonly runPrefix: string;
};

export type PumpResult = {
  readonly requests: number;
  /** Events that were acknowledged. */
  readonly events: number;
  readonly refused: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
};

type Tally = { requests: number; events: number; refused: number; readonly latenciesMs: number[] };

/** Sends events on kept-alive connections, each connection its next request as soon as the last is answered. */
export async function pump(task: PumpTask): Promise<PumpResult> {
  const startedAt = Date.now();
  const runs = Array.from({ length: task.runs }, (_, index) => new ShannonRun(`${task.runPrefix}-${index}`, startedAt));
  const connections = await Promise.all(Array.from({ length: task.connections }, () => HttpConnection.open(task.port)));
  const tally: Tally = { requests: 0, events: 0, refused: 0, latenciesMs: [] };
  const from = performance.now();
  const until = from + task.durationMs;
  await Promise.all(
    connections.map((connection, index) => {
      // A run belongs to one connection, so that its events leave in the order of their sequence.
      const own = runs.filter((_, run) => run % task.connections === index);
      return send(connection, own, { task, until, tally });
    }),
  );
  const seconds = (performance.now() - from) / 1_000;
  for (const connection of connections) connection.close();
  const { requests, events, refused, latenciesMs } = tally;
  return { requests, events, refused, seconds, p50Ms: percentile(latenciesMs, 0.5), p99Ms: percentile(latenciesMs, 0.99) };
}

async function send(
  connection: HttpConnection,
  runs: readonly ShannonRun[],
  { task, until, tally }: { task: PumpTask; until: number; tally: Tally },
): Promise<void> {
  for (let turn = 0; performance.now() < until; turn++) {
    const run = runs[turn % runs.length] as ShannonRun;
    const bytes = postBytes("/api/ingest/shannon", task.key, bodyOf(run, task.eventsPerRequest));
    const sentAt = performance.now();
    const { status } = await connection.request(bytes);
    tally.latenciesMs.push(performance.now() - sentAt);
    tally.requests += 1;
    if (status === 200) tally.events += task.eventsPerRequest;
    else tally.refused += 1;
  }
}

/** The run's next events as a body: one object, or an array. */
export function bodyOf(run: ShannonRun, events: number): string {
  return events === 1 ? run.next() : `[${Array.from({ length: events }, () => run.next()).join(",")}]`;
}
