import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { exchange } from "../load/exchange";
import { deleteBytes, HttpConnection, postBytes } from "../load/http-connection";
import { percentile } from "../stats";

export type DeliverTask = {
  readonly port: number;
  readonly key: string;
  readonly name: string;
  /** Whether a slow and a dead receiver are told the same. */
  readonly beside: boolean;
  /** Sent at once. */
  readonly events: number;
  /** Then sent one by one, a hundred a second. */
  readonly pacedEvents: number;
};

export type DeliverResult = {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
};

const perRequest = 100;
const pacedMs = 10;
const slowMs = 5_000;
const timeoutMs = 60_000;

/** Sends events and takes their webhooks, all in one process and on one clock. Throws when one does not come, or comes twice. */
export async function deliver(task: DeliverTask): Promise<DeliverResult> {
  const arrivals = new Arrivals();
  const servers = [
    await listen((id, response) => {
      arrivals.take(id);
      response.end("ok");
    }),
  ];
  if (task.beside) {
    servers.push(await listen((_id, response) => void setTimeout(() => response.end("late"), slowMs).unref()));
    servers.push(await listen(() => {}));
  }
  const connection = await HttpConnection.open(task.port);
  const hooks: string[] = [];
  for (const server of servers) hooks.push(await subscribe(task, connection, server));
  const perSecond = await measureRate(task, connection, arrivals);
  const delaysMs = await measureDelays(task, connection, arrivals);
  for (const id of hooks) await exchange(connection, deleteBytes(`/webhooks/${id}`, task.key));
  connection.close();
  for (const server of servers) server.closeAllConnections();
  if (arrivals.twice > 0) throw new Error(`${arrivals.twice} deliveries came twice`);
  return { perSecond, p50Ms: percentile(delaysMs, 0.5), p95Ms: percentile(delaysMs, 0.95) };
}

/** From the first event that is sent until the last delivery is there. */
async function measureRate(task: DeliverTask, connection: HttpConnection, arrivals: Arrivals): Promise<number> {
  const from = performance.now();
  for (let sent = 0; sent < task.events; sent += perRequest) {
    const batch = Array.from({ length: perRequest }, (_, n) => eventOf(task, `burst-${sent + n}`));
    await exchange(connection, postBytes("/api/ingest/resonant", task.key, `[${batch.join(",")}]`));
  }
  await arrivals.until(task.events);
  return task.events / ((performance.now() - from) / 1_000);
}

async function measureDelays(task: DeliverTask, connection: HttpConnection, arrivals: Arrivals): Promise<number[]> {
  const from = performance.now();
  const sentAt: number[] = [];
  for (let n = 0; n < task.pacedEvents; n++) {
    await pause(Math.max(0, from + n * pacedMs - performance.now()));
    sentAt.push(performance.now());
    await exchange(connection, postBytes("/api/ingest/resonant", task.key, eventOf(task, `paced-${n}`)));
  }
  await arrivals.until(task.events + task.pacedEvents);
  return sentAt.map((at, n) => (arrivals.at.get(idOf(task, `paced-${n}`)) ?? Number.POSITIVE_INFINITY) - at);
}

/** When each event's webhook came. */
class Arrivals {
  readonly at = new Map<string, number>();
  twice = 0;
  #wanted = Number.POSITIVE_INFINITY;
  #reached: () => void = () => {};

  take(id: string): void {
    if (this.at.has(id)) this.twice += 1;
    else this.at.set(id, performance.now());
    if (this.at.size >= this.#wanted) this.#reached();
  }

  until(count: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${this.at.size} of ${count} webhooks came`)), timeoutMs);
      this.#wanted = count;
      this.#reached = () => {
        clearTimeout(late);
        resolve();
      };
      if (this.at.size >= count) this.#reached();
    });
  }
}

function idOf({ name }: DeliverTask, which: string): string {
  return `evt_${name}_${which}`;
}

function eventOf(task: DeliverTask, which: string): string {
  return JSON.stringify({
    id: idOf(task, which),
    type: "session.step.completed",
    created_at: new Date().toISOString(),
    data: {
      session_id: `sess_${task.name}`,
      step: which,
      output: "The figures are read again from the filings before the comparison goes on.",
    },
  });
}

async function subscribe({ key }: DeliverTask, connection: HttpConnection, server: Server): Promise<string> {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const text = await exchange(connection, postBytes("/webhooks", key, JSON.stringify({ url, events: ["session.*"] })));
  return (JSON.parse(text) as { id: string }).id;
}

async function listen(answer: (id: string, response: ServerResponse) => void): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => answer((JSON.parse(Buffer.concat(chunks).toString("utf8")) as { id: string }).id, response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}
