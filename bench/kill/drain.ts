import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../process/free-port";
import { type Product, startProduct } from "../process/product";
import { sendRun } from "../suites/send-run";
import { addFaults } from "./audit";
import type { Random } from "./random";
import { RunReader } from "./read-run";
import { auditAll } from "./round";
import type { RunLedger } from "./run-ledger";
import { checkTail, Tail, untilRead } from "./tail";
import type { Played } from "./two-processes";
import { startWriters } from "./writers";

const streams = 50;
const loadMs = 1_500;
const longestExitMs = 10_000;
const tailPatienceMs = 5_000;

/** SIGTERM under load with 50 open streams: the process ends in time, nothing acknowledged is lost, every stream goes on where it was cut. */
export async function playDrain(dir: string, name: string, random: Random): Promise<Played> {
  const options = { dataDir: join(dir, "data"), port: await freePort() };
  const before = await startProduct(options);
  const writers = startWriters(before, name, random);
  await pause(loadMs / 3);
  const tails = await openTails(before, writers.ledgers, name);
  await pause(loadMs);
  const { ms, code } = await before.stop();
  await writers.done;
  if (ms > longestExitMs || code !== 0) throw new Error(`SIGTERM: exit code ${code} after ${Math.round(ms)} ms`);
  const after = await startProduct(options);
  try {
    const faults = await auditAll(after, writers.ledgers);
    const { missed, doubled } = await resumeTails(after, tails);
    addFaults(faults, { lost: missed, holes: 0, doubled, strange: 0, uneven: 0 });
    const acked = writers.ledgers.reduce((sum, ledger) => sum + ledger.acked.size, 0);
    return { acked, faults, remark: `exit ${code} after ${Math.round(ms)} ms; ${tails.length} cut streams resumed, missed ${missed}` };
  } finally {
    await after.stop();
  }
}

type OpenTail = { readonly runId: string; readonly tail: Tail };

async function openTails(product: Product, ledgers: readonly RunLedger[], name: string): Promise<OpenTail[]> {
  const reader = await RunReader.open(product);
  const ids: string[] = [];
  for (const ledger of ledgers) {
    const id = await reader.idOf(ledger.externalId);
    if (id !== null) ids.push(id);
  }
  reader.close();
  // Under a slow start some writers may not have stored anything yet; a run of our own always has.
  if (ids.length === 0) ids.push(await sendRun({ product }, `${name}-own`, 1));
  const tails = Array.from({ length: streams }, (_, index) => {
    const runId = ids[index % ids.length] as string;
    return { runId, tail: new Tail(product, runId) };
  });
  await Promise.all(tails.map(({ tail }) => tail.connected()));
  return tails;
}

/** Opens each stream again behind what it had; both parts together must be the whole run. */
async function resumeTails(product: Product, tails: readonly OpenTail[]): Promise<{ missed: number; doubled: number }> {
  const reader = await RunReader.open(product);
  const sum = { missed: 0, doubled: 0 };
  for (const { runId, tail } of tails) {
    const lastSeq = await reader.lastSeqOf(runId);
    const resumed = new Tail(product, runId, tail.ids.at(-1) ?? 0);
    await resumed.connected();
    await untilRead([{ tail: resumed, lastSeq: lastSeq === (tail.ids.at(-1) ?? 0) ? 0 : lastSeq }], tailPatienceMs);
    const checked = checkTail([...tail.ids, ...resumed.ids], 0, lastSeq);
    sum.missed += checked.missed;
    sum.doubled += checked.doubled;
    tail.close();
    resumed.close();
  }
  reader.close();
  return sum;
}
