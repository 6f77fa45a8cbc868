import { setTimeout as pause } from "node:timers/promises";
import { HttpConnection, postBytes } from "../load/http-connection";
import { bodyOf } from "../load/pump";
import { ShannonRun } from "../load/shannon-run";
import type { Context } from "./suite";

const eventsPerRequest = 1_000;

type Server = Pick<Context, "product">;

/** Sends one run of `events` events; answers our id of it. Throws when anything was not stored. */
export async function sendRun({ product }: Server, externalId: string, events: number): Promise<string> {
  const run = new ShannonRun(externalId, Date.now() - events * 40);
  const connection = await HttpConnection.open(product.port);
  let id = "";
  while (run.length < events) {
    const count = Math.min(eventsPerRequest, events - run.length);
    const answer = await connection.request(postBytes("/api/ingest/shannon", product.key, bodyOf(run, count)));
    const text = answer.body.toString("utf8");
    const reply = JSON.parse(text) as { accepted?: number; run_id?: string };
    if (answer.status !== 200 || reply.accepted !== count || reply.run_id === undefined)
      throw new Error(`the server answered ${answer.status}: ${text.slice(0, 300)}`);
    id = reply.run_id;
  }
  connection.close();
  return id;
}

type More = { readonly externalId: string; readonly after: number; readonly rate: number; readonly durationMs: number };

const perTick = 10;

/** Sends a run's next events at `rate` a second, ten at a time. Answers how many. */
export async function sendMore({ product }: Server, { externalId, after, rate, durationMs }: More): Promise<number> {
  const run = ShannonRun.resume(externalId, Date.now() - after * 40, after);
  const connection = await HttpConnection.open(product.port);
  const from = performance.now();
  let sent = 0;
  while (performance.now() - from < durationMs) {
    const due = from + (sent / rate) * 1_000;
    await pause(Math.max(0, due - performance.now()));
    const { status } = await connection.request(postBytes("/api/ingest/shannon", product.key, bodyOf(run, perTick)));
    if (status !== 200) throw new Error(`the server answered ${status}`);
    sent += perTick;
  }
  connection.close();
  return sent;
}
