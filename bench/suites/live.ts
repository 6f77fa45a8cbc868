import { join } from "node:path";
import { watchMemory } from "../process/memory";
import { runRole, startRole } from "../process/role";
import type { BareFanOutTask } from "../roles/bare-fan-out";
import type { FanOutResult, FanOutTask } from "../roles/fan-out";
import { median } from "../stats";
import { sendRun } from "./send-run";
import type { Context, Suite } from "./suite";

const readers = 500;
const events = 4_000;
const rounds = 3;

/** One run, 500 readers: events delivered a second while they are ingested, against a bare server that writes the same bytes. */
export const liveSuite: Suite = async (context) => {
  const pairs: { product: FanOutResult; bare: FanOutResult }[] = [];
  const stopWatching = watchMemory(context.product.pid);
  // The first round warms up.
  for (let round = 0; round <= rounds; round++) {
    const pair = await measure(context, round);
    if (round > 0) pairs.push(pair);
    context.say(`500 readers, round ${round}: ${Math.round(speed(pair.product))} deliveries/s, bare ${Math.round(speed(pair.bare))}/s`);
  }
  const mostBytes = stopWatching();
  return [
    {
      id: "live.ratio",
      label: "deliveries to 500 readers of a run : bare node server writing the same bytes",
      value: median(pairs.map(({ product, bare }) => speed(product) / speed(bare))),
      unit: "ratio",
    },
    {
      id: "live.rate",
      label: "deliveries to 500 readers of a run",
      value: median(pairs.map(({ product }) => speed(product))),
      unit: "deliveries/s",
    },
    { id: "live.bare", label: "bare node server, same bytes", value: median(pairs.map(({ bare }) => speed(bare))), unit: "deliveries/s" },
    {
      id: "live.ingested",
      label: "events a second ingested meanwhile",
      value: median(pairs.map(({ product }) => events / product.seconds)),
      unit: "events/s",
    },
    {
      id: "live.memory",
      label: "memory of the server with 500 readers, most",
      value: mostBytes / 1024 ** 2,
      unit: "MB",
      target: { atMost: 512 },
    },
  ];
};

async function measure(context: Context, round: number): Promise<{ product: FanOutResult; bare: FanOutResult }> {
  const externalId = `live-${round}`;
  const runId = await sendRun(context, externalId, 1);
  const bytesFile = join(context.tempDir, `${externalId}.sse`);
  const reading: FanOutTask = {
    port: context.product.port,
    key: context.product.key,
    path: `/api/runs/${runId}/stream`,
    readers,
    lastId: events,
    keepIn: bytesFile,
    writeRun: externalId,
  };
  const product = await runRole<FanOutResult>("fan-out", reading);
  if (product.cut > 0 || product.holes > 0)
    throw new Error(`${product.cut} readers were cut off, ${product.holes} holes in what one of them got`);
  const task: BareFanOutTask = { bytesFile, chunkSizes: product.chunkSizes };
  const server = startRole<{ port: number }, never>("bare-fan-out", task);
  const { port } = await server.ready;
  const bare = await runRole<FanOutResult>("fan-out", { ...reading, port, path: "/", keepIn: null, writeRun: null });
  await server.stop();
  return { product, bare };
}

function speed({ deliveries, seconds }: FanOutResult): number {
  return deliveries / seconds;
}
