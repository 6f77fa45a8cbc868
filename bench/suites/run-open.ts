import type { Figure } from "../figures/figure";
import { getBytes, HttpConnection } from "../load/http-connection";
import { percentile } from "../stats";
import { sendRun } from "./send-run";
import type { Context, Suite } from "./suite";

const sizes = [20_000, 100_000] as const;
const warmReads = 3;

/** How long a long run takes to open over the API: from its log, and from the fold that the first reader kept. */
export const runOpenSuite: Suite = async (context) => {
  const figures: Figure[] = [];
  for (const events of sizes) figures.push(...(await measure(context, events)));
  return figures;
};

async function measure(context: Context, events: number): Promise<Figure[]> {
  const from = performance.now();
  const runId = await sendRun(context, `open-${events}`, events);
  const sentRate = events / ((performance.now() - from) / 1_000);
  const connection = await HttpConnection.open(context.product.port);
  const health = watchHealth(context);
  const cold = await read(context, connection, runId);
  const healthMs = await health();
  const warm: number[] = [];
  for (let turn = 0; turn < warmReads; turn++) warm.push((await read(context, connection, runId)).ms);
  connection.close();
  const name = events.toLocaleString("en-US");
  context.say(`one run of ${name} events, 1,000 a request on one connection: ${Math.round(sentRate)} events/s`);
  context.say(
    `state of ${name} events: ${cold.ms.toFixed(0)} ms cold, ${percentile(warm, 0.5).toFixed(0)} ms warm, ${(cold.bytes / 1024 ** 2).toFixed(1)} MB`,
  );
  return [
    {
      id: `open.${events}.sent`,
      label: `one run of ${name} events sent, 1,000 a request, one connection`,
      value: sentRate,
      unit: "events/s",
    },
    { id: `open.${events}.cold`, label: `state of a run of ${name} events, from its log`, value: cold.ms, unit: "ms" },
    { id: `open.${events}.warm`, label: `state of a run of ${name} events, from a kept fold`, value: percentile(warm, 0.5), unit: "ms" },
    { id: `open.${events}.bytes`, label: `state of a run of ${name} events, size`, value: cold.bytes / 1024 ** 2, unit: "MB" },
    { id: `open.${events}.health`, label: `longest answer of /api/health meanwhile`, value: healthMs, unit: "ms" },
  ];
}

async function read({ product }: Context, connection: HttpConnection, runId: string): Promise<{ ms: number; bytes: number }> {
  const from = performance.now();
  const { status, body } = await connection.request(getBytes(`/api/runs/${runId}/state`, product.key));
  if (status !== 200) throw new Error(`the state answered ${status}`);
  return { ms: performance.now() - from, bytes: body.length };
}

/** Asks for the server's health all the time; the returned call ends it and answers the longest wait. */
function watchHealth({ product }: Context): () => Promise<number> {
  let asking = true;
  let longest = 0;
  const done = (async () => {
    const connection = await HttpConnection.open(product.port);
    while (asking) {
      const from = performance.now();
      await connection.request(getBytes("/api/health", product.key));
      longest = Math.max(longest, performance.now() - from);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    connection.close();
  })();
  return async () => {
    asking = false;
    await done;
    return longest;
  };
}
