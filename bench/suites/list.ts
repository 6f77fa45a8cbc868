import type { Figure } from "../figures/figure";
import { getBytes, HttpConnection } from "../load/http-connection";
import { percentile } from "../stats";
import { seedRuns } from "./seed-runs";
import type { Context, Suite } from "./suite";

const runs = 100_000;
const requests = 100;
const warmUp = 5;
/** A slow question is asked less often. */
const longestMs = 5_000;
const fewest = 10;
const target = { atMost: 50 };

/** The list of runs as people page, filter and search it, with 100,000 runs in the project. */
export const listSuite: Suite = async (context) => {
  await seedRuns(context.database, runs, Date.now());
  const [deep] = await context.database`
    select id from runs where kind = 'run' and external_id like 'seeded-%' order by id desc offset ${runs - 5_000} limit 1`;
  const ways = [
    ["first", "first page of 50", ""],
    ["status", "status=failed", "status=failed"],
    ["dialect", "status=running and dialect=shannon", "status=running&dialect=shannon"],
    ["deep", "page behind 95,000 runs", `cursor=${deep?.id}`],
    ["search", "q= found in every seventh name", "q=mobile"],
    ["rare", "q= found in one name", "q=billing%2050002"],
    ["nowhere", "q= found in no name", "q=no+such+run"],
    ["agent", "agent= found nowhere", "agent=nobody"],
    ["duration", "duration:>10d", "duration=%3E10d"],
  ] as const;
  const yardstick = await measure(context, "/api/ready");
  const figures: Figure[] = [];
  for (const [id, label, query] of ways) {
    const latencies = await measure(context, `/api/runs?limit=50&${query}`);
    figures.push({ id: `list.${id}.p50`, label: `list of 100,000 runs, ${label}, p50`, value: percentile(latencies, 0.5), unit: "ms" });
    figures.push({
      id: `list.${id}.p95`,
      label: `list of 100,000 runs, ${label}, p95`,
      value: percentile(latencies, 0.95),
      unit: "ms",
      target,
    });
    context.say(`${label}: p50 ${percentile(latencies, 0.5).toFixed(1)} ms, p95 ${percentile(latencies, 0.95).toFixed(1)} ms`);
    if (id === "first")
      figures.push({
        id: "list.ratio",
        label: "first page : a request that only asks the database for 1",
        value: percentile(latencies, 0.5) / percentile(yardstick, 0.5),
        unit: "ratio",
      });
  }
  return figures;
};

async function measure({ product }: Context, path: string): Promise<number[]> {
  const connection = await HttpConnection.open(product.port);
  const latencies: number[] = [];
  const until = performance.now() + longestMs;
  for (let request = -warmUp; request < requests && (performance.now() < until || latencies.length < fewest); request++) {
    const from = performance.now();
    const { status } = await connection.request(getBytes(path, product.key));
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    if (request >= 0) latencies.push(performance.now() - from);
  }
  connection.close();
  return latencies;
}
