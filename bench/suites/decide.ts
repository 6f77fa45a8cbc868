import type { Figure } from "../figures/figure";
import { runRole } from "../process/role";
import type { DecideResult, DecideTask } from "../roles/decide";
import { percentile } from "../stats";
import { sendRun } from "./send-run";
import type { Context, Suite } from "./suite";

const agents = 200;
const target = { atMost: 250 };

/** From a person's decision to the agent that waits for it: by long poll, and on the run's stream. */
export const decideSuite: Suite = async (context) => {
  const figures: Figure[] = [];
  for (const [way, label] of [
    ["poll", "long poll"],
    ["stream", "stream"],
  ] as const) {
    const { delaysMs } = await measure(context, way);
    const p50 = percentile(delaysMs, 0.5);
    const p95 = percentile(delaysMs, 0.95);
    context.say(`${label}: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`);
    figures.push(
      { id: `decide.${way}.p50`, label: `decision to agent by ${label}, ${agents} wait, p50`, value: p50, unit: "ms" },
      { id: `decide.${way}.p95`, label: `decision to agent by ${label}, ${agents} wait, p95`, value: p95, unit: "ms", target },
    );
  }
  return figures;
};

async function measure(context: Context, way: DecideTask["way"]): Promise<DecideResult> {
  const runs: string[] = [];
  for (let n = 0; n < agents; n++) runs.push(await sendRun(context, `decide-${way}-${n}`, 1));
  const { port, key } = context.product;
  const result = await runRole<DecideResult>("decide", { port, key, way, runs } satisfies DecideTask);
  const [row] = await context.database`
    select count(*)::int as decided from approvals where status = 'approved' and run_id = any(${runs}::uuid[])`;
  if (row?.decided !== agents) throw new Error(`${row?.decided} of ${agents} requests were approved`);
  return result;
}
