import { setTimeout as pause } from "node:timers/promises";
import { getBytes, HttpConnection } from "../load/http-connection";
import { percentile } from "../stats";

export type HealthTask = { readonly port: number; readonly key: string; readonly ms: number };
export type HealthResult = { readonly asked: number; readonly p50Ms: number; readonly p99Ms: number };

/** Asks for the server's health again and again, from a process that does nothing else. */
export async function health({ port, key, ms }: HealthTask): Promise<HealthResult> {
  const taken: number[] = [];
  const connection = await HttpConnection.open(port);
  const until = performance.now() + ms;
  while (performance.now() < until) {
    const from = performance.now();
    const { status } = await connection.request(getBytes("/api/health", key));
    if (status !== 200) throw new Error(`the health answered ${status}`);
    taken.push(performance.now() - from);
    await pause(5);
  }
  connection.close();
  return { asked: taken.length, p50Ms: percentile(taken, 0.5), p99Ms: percentile(taken, 0.99) };
}
