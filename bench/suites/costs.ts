import { costGroupings } from "@/lib/core/costs/cost-grouping";
import { costLengths, namedSpan } from "@/lib/core/costs/cost-span";
import type { Figure } from "../figures/figure";
import { getBytes, HttpConnection } from "../load/http-connection";
import { askAgain, type Latencies } from "./ask-again";
import { seedRuns } from "./seed-runs";
import { seedUsage } from "./seed-usage";
import type { Context, Suite } from "./suite";

const events = 100_000_000;
const requests = 20;
const target = { atMost: 100 };

/** What the page of costs asks, by each grouping over each range, with 90 days of sums that stand for more than 100 million events. */
export const costsSuite: Suite = async (context) => {
  const nowMs = Date.now();
  await seedRuns(context.database, 100_000, nowMs);
  const seeded = await seedUsage(context.database, nowMs);
  if (seeded < events) throw new Error(`the sums stand for ${seeded} events only`);
  context.say(`sums of ${(seeded / 1e6).toFixed(0)} million events`);
  const figures: Figure[] = [];
  for (const groupBy of costGroupings) {
    const slowest = { p50: 0, p95: 0 };
    for (const range of costLengths) {
      const { p50, p95 } = await askAgain(context, `/api/costs?${spanOf(range)}&groupBy=${groupBy}`, requests);
      context.say(`by ${groupBy}, ${range}: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`);
      slowest.p50 = Math.max(slowest.p50, p50);
      slowest.p95 = Math.max(slowest.p95, p95);
    }
    figures.push(...figuresOf(groupBy, `by ${groupBy}, slowest of ${costLengths.length} ranges`, slowest));
  }
  await requireOneTotal(context);
  const quarter = spanOf("90d");
  quarter.delete("bucket");
  const top = await askAgain(context, `/api/costs/top-runs?${quarter}`, requests);
  return [...figures, ...figuresOf("top", "most expensive runs of 90 days", top)];
};

function figuresOf(id: string, what: string, { p50, p95 }: Latencies): Figure[] {
  const label = `costs of ${events / 1e6} million events, ${what}`;
  return [
    { id: `costs.${id}.p50`, label: `${label}, p50`, value: p50, unit: "ms" },
    { id: `costs.${id}.p95`, label: `${label}, p95`, value: p95, unit: "ms", target },
  ];
}

/** As the page asks. */
function spanOf(range: (typeof costLengths)[number]): URLSearchParams {
  const { fromMs, toMs, bucket } = namedSpan(range, Date.now());
  return new URLSearchParams({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), bucket });
}

/** However it is grouped, it is the same money: else a fast answer would be a wrong one. */
async function requireOneTotal({ product, database }: Context): Promise<void> {
  const connection = await HttpConnection.open(product.port);
  const span = spanOf("90d");
  const [row] = await database`
    select sum(reported_nanos + estimated_nanos)::text as nanos from usage_buckets where minute >= ${span.get("from")} and minute < ${span.get("to")}`;
  for (const groupBy of costGroupings) {
    const { body } = await connection.request(getBytes(`/api/costs?${span}&groupBy=${groupBy}`, product.key));
    const { totals } = JSON.parse(body.toString("utf8")) as { totals: { reportedNanos: number; estimatedNanos: number } };
    const nanos = totals.reportedNanos + totals.estimatedNanos;
    if (nanos !== Number(row?.nanos)) throw new Error(`by ${groupBy} it cost ${nanos}, the minutes say ${row?.nanos}`);
  }
  connection.close();
}
