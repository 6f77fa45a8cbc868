import { join } from "node:path";
import type { Figure } from "../figures/figure";
import { startProduct } from "../process/product";
import { runRole } from "../process/role";
import type { DeliverResult, DeliverTask } from "../roles/deliver";
import { median } from "../stats";
import type { Suite } from "./suite";

const rounds = 2;
const events = 3_000;
const pacedEvents = 300;

/** Deliveries to a receiver on this machine, by itself and beside one that takes seconds and one that never answers, in turn. */
export const webhooksSuite: Suite = async ({ tempDir, say }) => {
  const product = await startProduct({ dataDir: join(tempDir, "webhooks"), env: { WATCHFLOOR_ALLOW_PRIVATE_TARGETS: "1" } });
  try {
    const play = (name: string, beside: boolean) =>
      runRole<DeliverResult>("deliver", { port: product.port, key: product.key, name, beside, events, pacedEvents } satisfies DeliverTask);
    await play("warm", false);
    const pairs: { alone: DeliverResult; beside: DeliverResult }[] = [];
    for (let round = 0; round < rounds; round++) {
      const pair = { alone: await play(`alone-${round}`, false), beside: await play(`beside-${round}`, true) };
      pairs.push(pair);
      const told = ({ perSecond, p50Ms, p95Ms }: DeliverResult) =>
        `${Math.round(perSecond)}/s, delay p50 ${p50Ms.toFixed(0)} ms, p95 ${p95Ms.toFixed(0)} ms`;
      say(`round ${round + 1}: alone ${told(pair.alone)}; beside a slow and a dead one ${told(pair.beside)}`);
    }
    const besides = pairs.map((pair) => pair.beside);
    const figure = (id: string, label: string, value: number): Figure => ({ id: `webhooks.${id}`, label, value, unit: "ms" });
    return [
      {
        id: "webhooks.rate",
        label: "webhooks to a receiver beside a slow and a dead one",
        value: median(besides.map((result) => result.perSecond)),
        unit: "deliveries/s",
        target: { atLeast: 500 },
      },
      {
        id: "webhooks.ratio",
        label: "webhooks to a receiver beside a slow and a dead one : to it alone",
        value: median(pairs.map(({ alone, beside }) => beside.perSecond / alone.perSecond)),
        unit: "ratio",
      },
      figure("alone.p95", "event to webhook at 100 events/s, receiver alone, p95", median(pairs.map(({ alone }) => alone.p95Ms))),
      figure(
        "beside.p50",
        "event to webhook at 100 events/s, beside a slow and a dead one, p50",
        median(besides.map((result) => result.p50Ms)),
      ),
      figure(
        "beside.p95",
        "event to webhook at 100 events/s, beside a slow and a dead one, p95",
        median(besides.map((result) => result.p95Ms)),
      ),
    ];
  } finally {
    await product.stop();
  }
};
