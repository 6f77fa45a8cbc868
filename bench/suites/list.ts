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
  const ways = [
    ["first", "first page of 50", ""],
    ["status", "status=failed", "status=failed"],
    ["dialect", "status=running and dialect=shannon", "status=running&dialect=shannon"],
    ["deep", `page behind ${(runs - fromEnd).toLocaleString("en")} runs`, `cursor=${deep?.id}`],
    ["search", "q= found in every seventh name", "q=mobile"],
    ["rare", "q= found in one name", "q=billing%2050002"],
    ["id", "q= the beginning of an id", "q=seeded-50000"],
    ["nowhere", "q= found in no name", "q=no+such+run"],
    ["agent", "agent= found nowhere", "agent=nobody"],
    ["dearest", "sort=cost", "sort=cost"],
    ["longest", "sort=duration", "sort=duration"],
    ["duration", "duration:>10d", "duration=%3E10d"],
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
      // The seeded runs have 24 costs: hundreds of thousands of the dearest cost the same or nearly, which is the worst case and nobody's target.
      ...(id === "dearest" ? {} : { target }),
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
