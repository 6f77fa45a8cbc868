import type { Figure } from "../figures/figure";
import { runRole } from "../process/role";
import type { DelayResult, DelayTask } from "../roles/delay";
import { sendRun } from "./send-run";
import type { Context, Suite } from "./suite";

const pacedRuns = 10;
const pacedSeconds = 10;
const pacedRate = 500;

/** How long after an event is sent its readers have it. */
export const delaySuite: Suite = async (context) => {
  const idle = await measure(context, { prefix: "delay-idle", runs: 1, events: 300, everyMs: null });
  context.say(`idle: p50 ${idle.p50Ms.toFixed(1)} ms, p99 ${idle.p99Ms.toFixed(1)} ms`);
  const events = (pacedRate * pacedSeconds) / pacedRuns;
  const paced = await measure(context, { prefix: "delay-paced", runs: pacedRuns, events, everyMs: (1_000 * pacedRuns) / pacedRate });
  context.say(`at 500 events/s: p50 ${paced.p50Ms.toFixed(1)} ms, p95 ${paced.p95Ms.toFixed(1)} ms`);
  const figure = (id: string, label: string, value: number): Figure => ({ id, label, value, unit: "ms" });
  return [
    { ...figure("delay.idle.p50", "sent to received, idle, p50", idle.p50Ms), target: { atMost: 20 } },
    figure("delay.idle.p99", "sent to received, idle, p99", idle.p99Ms),
    figure("delay.paced.p50", "sent to received at 500 events/s, p50", paced.p50Ms),
    { ...figure("delay.paced.p95", "sent to received at 500 events/s, p95", paced.p95Ms), target: { atMost: 150 } },
    figure("delay.paced.p99", "sent to received at 500 events/s, p99", paced.p99Ms),
  ];
};

type Part = { readonly prefix: string; readonly runs: number; readonly events: number; readonly everyMs: number | null };

async function measure(context: Context, { prefix, runs, events, everyMs }: Part): Promise<DelayResult> {
  const made: { id: string; externalId: string }[] = [];
  for (let index = 0; index < runs; index++) {
    const externalId = `${prefix}-${index}`;
    made.push({ id: await sendRun(context, externalId, 1), externalId });
  }
  const task: DelayTask = { port: context.product.port, key: context.product.key, runs: made, events, everyMs };
  return runRole<DelayResult>("delay", task);
}
