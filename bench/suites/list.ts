import type { Pool } from "@/db/client";
import type { Figure } from "../figures/figure";
import { askAgain } from "./ask-again";
import { seedRuns } from "./seed-runs";
import type { Suite } from "./suite";

const runs = 1_000_000;
const target = { atMost: 50 };
/** Places from the end at which a page deep in the list is asked for. */
const fromEnd = 5_000;
const listed = `list of ${runs.toLocaleString("en")} runs`;

/** The list of runs as people page, filter and search it, with a million runs in the project. */
export const listSuite: Suite = async (context) => {
  await seedRuns(context.database, runs, Date.now());
  const [deep] = await context.database`
    select id from runs where kind = 'run' and external_id like 'seeded-%' order by id desc offset ${runs - fromEnd} limit 1`;
  await silence(context.database, runs / 50);
  const ways = [
    ["first", "first page of 50", ""],
    ["status", "status=failed", "status=failed"],
    ["dialect", "status=running and dialect=shannon", "status=running&dialect=shannon"],
    ["running", "status=running, 20,000 fell silent within the hour", "status=running"],
    ["deep", `page behind ${(runs - fromEnd).toLocaleString("en")} runs`, `cursor=${deep?.id}`],
    ["search", "q= found in every seventh name", "q=mobile"],
    ["rare", "q= found in one name", "q=billing%2050002"],
    ["id", "q= the beginning of an id", "q=seeded-50000"],
    ["nowhere", "q= found in no name", "q=no+such+run"],
    ["agent", "agent= found nowhere", "agent=nobody"],
    ["agent-beside", "agent= that works beside others in every fifth run", "agent=reviewer"],
    ["agent-seldom", "agent= that works beside others in every thousandth run", "agent=auditor"],
    ["beginning", "q= the beginning of 111,111 old ids", "q=seeded-2"],
    ["dearest", "sort=cost", "sort=cost"],
    ["largest", "sort=tokens", "sort=tokens"],
    ["longest", "sort=duration", "sort=duration"],
    ["dearest-failed", "sort=cost, status=failed", "sort=cost&status=failed"],
    ["dearest-cheap", "sort=cost, the agent of the cheapest runs", "sort=cost&agent=errand"],
    ["dearest-beside", "sort=cost, an agent that works beside others in every fifth run", "sort=cost&agent=reviewer"],
    ["dearest-seldom", "sort=cost, an agent that works beside others in every thousandth run", "sort=cost&agent=auditor"],
    ["dearest-day", "sort=cost, since=24h", "sort=cost&since=24h"],
    ["longest-stalled", "sort=duration, status=stalled", "sort=duration&status=stalled"],
    ["duration", "duration:>10d", "duration=%3E10d"],
    ["cheap", "cost:<0.001", "cost=%3C0.001"],
    ["few-tokens", "tokens:<10", "tokens=%3C10"],
  ] as const;
  const yardstick = await askAgain(context, "/api/ready");
  const figures: Figure[] = [];
  for (const [id, label, query] of ways) {
    const latencies = await askAgain(context, `/api/runs?limit=50&${query}`);
    figures.push({ id: `list.${id}.p50`, label: `${listed}, ${label}, p50`, value: latencies.p50, unit: "ms" });
    figures.push({
      id: `list.${id}.p95`,
      label: `${listed}, ${label}, p95`,
      value: latencies.p95,
      unit: "ms",
      target,
    });
    context.say(`${label}: p50 ${latencies.p50.toFixed(1)} ms, p95 ${latencies.p95.toFixed(1)} ms`);
    if (id === "first")
      figures.push({
        id: "list.ratio",
        label: "first page : a request that only asks the database for 1",
        value: latencies.p50 / yardstick.p50,
        unit: "ratio",
      });
  }
  return figures;
};

/** As if so many runs had been heard of until lately and no longer, and that had been noted as the server does within the minute. */
async function silence(database: Pool, count: number): Promise<void> {
  await database`
    update runs set stalls_at_ms = ${Date.now() - 1}, silent = true
    where id in (select id from runs where kind = 'run' and status = 'running' order by id desc limit ${count})`;
  await database.unsafe("vacuum analyze runs");
}
