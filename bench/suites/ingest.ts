import type { Figure } from "../figures/figure";
import type { PumpResult } from "../load/pump";
import { watchMemory } from "../process/memory";
import { runRole, startRole } from "../process/role";
import { median } from "../stats";
import { startCeiling } from "./ceiling";
import { copyRows, makeCopyTable, readRows } from "./copy";
import { load, rate, speed, taskOf } from "./load";
import type { Context, Suite } from "./suite";

/** A server lives for weeks and its engine compiles for its first seconds, in which an event costs a third more: neither side is measured in them. */
const warmMs = 12_000;
const rounds = 3;
const bareMs = 2_000;
const productMs = 4_000;
const copiedRows = 60_000;

/** One event a request against a bare node server, a hundred a request against COPY of the same rows. */
export const ingestSuite: Suite = async (context) => {
  const stopWatching = watchMemory(context.product.pid);
  await load(context, { runPrefix: "warm", durationMs: warmMs });
  const single = await measureSingle(context);
  const batches = await measureBatches(context);
  const mostBytes = stopWatching();
  const memory: Figure = {
    id: "memory.load",
    label: "memory of the server under full load, most",
    value: mostBytes / 1024 ** 2,
    unit: "MB",
    target: { atMost: 512 },
  };
  return [...single, ...batches, memory, ...(await measureDisk(context))];
};

async function measureSingle(context: Context): Promise<Figure[]> {
  const bare = startRole<{ port: number }, never>("bare-ingest", {});
  const { port } = await bare.ready;
  const toBare = (durationMs: number) => runRole<PumpResult>("pump", taskOf(context, { port, runPrefix: "bare", durationMs }));
  await toBare(warmMs);
  const ceiling = await startCeiling(context);
  await ceiling.load(warmMs);
  const pairs: { bare: PumpResult; product: PumpResult; ceiling: PumpResult }[] = [];
  for (let round = 0; round < rounds; round++) {
    const measure = await toBare(bareMs);
    const product = await load(context, { runPrefix: `single-${round}`, durationMs: productMs });
    pairs.push({ bare: measure, product, ceiling: await ceiling.load(productMs) });
    context.say(`one event a request, round ${round + 1}: ${rate(measure)} bare, ${rate(pairs.at(-1)?.product)} stored`);
  }
  await Promise.all([bare.stop(), ceiling.stop()]);
  const products = pairs.map((pair) => pair.product);
  return [
    {
      id: "ingest.single.ratio",
      label: "1 event a request, 32 connections : bare node server",
      value: median(pairs.map((pair) => speed(pair.product) / speed(pair.bare))),
      unit: "ratio",
      target: { atLeast: 0.25 },
    },
    {
      id: "ingest.single.ceiling",
      label: "the same with a database that writes nothing : bare node server",
      value: median(pairs.map((pair) => speed(pair.ceiling) / speed(pair.bare))),
      unit: "ratio",
    },
    { id: "ingest.single.rate", label: "1 event a request", value: median(products.map(speed)), unit: "events/s" },
    {
      id: "ingest.single.bare",
      label: "bare node server, parse and discard",
      value: median(pairs.map((pair) => speed(pair.bare))),
      unit: "requests/s",
    },
    { id: "ingest.single.p50", label: "1 event a request, p50", value: median(products.map((result) => result.p50Ms)), unit: "ms" },
    {
      id: "ingest.single.p99",
      label: "1 event a request, p99",
      value: median(products.map((result) => result.p99Ms)),
      unit: "ms",
      target: { atMost: 15 },
    },
  ];
}

async function measureBatches(context: Context): Promise<Figure[]> {
  const batch = { eventsPerRequest: 100, connections: 16 };
  await load(context, { ...batch, runPrefix: "batch-warm", durationMs: 2_000 });
  const rows = await readRows(context.product, "batch-warm", copiedRows);
  await makeCopyTable(context.database);
  await copyRows(context.database, rows);
  const pairs: { copy: number; product: PumpResult }[] = [];
  for (let round = 0; round < rounds; round++) {
    const copy = await copyRows(context.database, rows);
    pairs.push({ copy, product: await load(context, { ...batch, runPrefix: `batch-${round}`, durationMs: productMs }) });
    context.say(`100 events a request, round ${round + 1}: ${Math.round(copy)}/s COPY, ${rate(pairs.at(-1)?.product)} stored`);
  }
  await context.database.unsafe("drop table bench_copy");
  const products = pairs.map((pair) => pair.product);
  return [
    {
      id: "ingest.batch.ratio",
      label: "100 events a request, 16 connections : COPY of the same rows",
      value: median(pairs.map((pair) => speed(pair.product) / pair.copy)),
      unit: "ratio",
      target: { atLeast: 0.3 },
    },
    { id: "ingest.batch.rate", label: "100 events a request", value: median(products.map(speed)), unit: "events/s" },
    { id: "ingest.batch.copy", label: "COPY of the same rows", value: median(pairs.map((pair) => pair.copy)), unit: "events/s" },
    { id: "ingest.batch.p50", label: "100 events a request, p50", value: median(products.map((result) => result.p50Ms)), unit: "ms" },
    { id: "ingest.batch.p99", label: "100 events a request, p99", value: median(products.map((result) => result.p99Ms)), unit: "ms" },
  ];
}

async function measureDisk({ database }: Context): Promise<Figure[]> {
  const [row] = await database`
    select (select sum(pg_total_relation_size(inhrelid)) from pg_inherits where inhparent in ('events'::regclass, 'events_ephemeral'::regclass)) as log_bytes,
      pg_database_size(current_database()) as all_bytes, (select sum(last_seq) from runs) as events,
      (select avg(octet_length(raw::text)) from (select raw from events limit 20000) e) as sent_bytes`;
  const events = Number(row?.events);
  return [
    { id: "disk.sent", label: "an event as it was sent, mean", value: Number(row?.sent_bytes), unit: "bytes" },
    { id: "disk.log", label: "an event on disk: log with its indexes", value: Number(row?.log_bytes) / events, unit: "bytes" },
    { id: "disk.all", label: "an event on disk: everything in the database", value: Number(row?.all_bytes) / events, unit: "bytes" },
  ];
}
