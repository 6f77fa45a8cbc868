import { getBytes, HttpConnection } from "../load/http-connection";
import { percentile } from "../stats";
import type { Context } from "./suite";

const requests = 100;
const warmUp = 5;
/** A slow question is asked less often. */
const longestMs = 5_000;
const fewest = 10;

export type Latencies = { readonly p50: number; readonly p95: number };

/** Asks the same question again and again on one connection: milliseconds from the request to its whole answer. Throws on any status but 200. */
export async function askAgain({ product }: Pick<Context, "product">, path: string, times = requests): Promise<Latencies> {
  const connection = await HttpConnection.open(product.port);
  const latencies: number[] = [];
  const until = performance.now() + longestMs;
  for (let request = -warmUp; request < times && (performance.now() < until || latencies.length < fewest); request++) {
    const from = performance.now();
    const { status } = await connection.request(getBytes(path, product.key));
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    if (request >= 0) latencies.push(performance.now() - from);
  }
  connection.close();
  return { p50: percentile(latencies, 0.5), p95: percentile(latencies, 0.95) };
}
