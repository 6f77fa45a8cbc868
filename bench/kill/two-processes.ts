import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startEmbedded } from "@/db/embedded";
import { databaseAddress } from "../process/database-address";
import { type Product, startProduct } from "../process/product";
import { sendRun } from "../suites/send-run";
import { addFaults, type Faults, noFaults } from "./audit";
import type { Random } from "./random";
import { auditAll } from "./round";
import { openLedger, type RunLedger } from "./run-ledger";
import { checkTail, Tail, untilRead } from "./tail";
import { startSharingWriters } from "./writers";

const runs = 50;
const writeMs = 4_000;
const tailPatienceMs = 10_000;

export type Played = { readonly acked: number; readonly faults: Faults; readonly remark: string };

/** Two servers on one PostgreSQL, 16 writers on 50 runs, every run tailed on both servers throughout. */
export async function playTwoProcesses(dir: string, random: Random): Promise<Played> {
  const database = await startEmbedded({ dataDir: join(dir, "database") });
  try {
    const env = { DATABASE_URL: databaseAddress(database.connection) };
    const first = await startProduct({ dataDir: join(dir, "first"), env });
    const second = await startProduct({ dataDir: join(dir, "second"), env }).catch(async (error) => {
      await first.stop();
      throw error;
    });
    try {
      return await play([first, second], random);
    } finally {
      await Promise.all([first.stop(), second.stop()]);
    }
  } finally {
    await database.stop();
  }
}

async function play(products: readonly Product[], random: Random): Promise<Played> {
  const ledgers: RunLedger[] = [];
  const tails: { ledger: RunLedger; tail: Tail }[] = [];
  for (let run = 0; run < runs; run++) {
    const ledger = openLedger("shannon", `two-${run}`);
    const runId = await sendRun({ product: products[run % 2] as Product }, ledger.externalId, 1);
    ledger.sent.add("1");
    ledger.acked.add("1");
    ledgers.push(ledger);
    for (const product of products) tails.push({ ledger, tail: new Tail(product, runId) });
  }
  await Promise.all(tails.map(({ tail }) => tail.connected()));
  const writers = startSharingWriters(products, ledgers, random);
  await pause(writeMs);
  writers.stop();
  await writers.done;
  const faults = noFaults();
  for (const product of products) addFaults(faults, await auditAll(product, ledgers));
  const reading = tails.map(({ ledger, tail }) => ({ tail, lastSeq: ledger.sent.size }));
  await untilRead(reading, tailPatienceMs);
  let missed = 0;
  for (const { tail, lastSeq } of reading) {
    const checked = checkTail(tail.ids, 0, lastSeq);
    missed += checked.missed;
    faults.doubled += checked.doubled;
    tail.close();
  }
  faults.lost += missed;
  const acked = ledgers.reduce((sum, ledger) => sum + ledger.acked.size, 0);
  return { acked, faults, remark: `${tails.length} tails of ${runs} runs on two servers missed ${missed}` };
}
