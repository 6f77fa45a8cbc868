import { setTimeout as pause } from "node:timers/promises";
import type { Product } from "../process/product";
import { addFaults, type Faults, isFaultless, noFaults } from "./audit";
import { type FaultKind, strike } from "./faults";
import { between, type Random } from "./random";
import { RunReader } from "./read-run";
import type { RunLedger } from "./run-ledger";
import { type Door, sendAgain, type Written } from "./writer";
import { startWriters } from "./writers";

export type RoundResult = {
  readonly acked: number;
  readonly resent: number;
  readonly faults: Faults;
  readonly ledgers: readonly RunLedger[];
};

type RoundOptions = {
  readonly product: Product;
  readonly restart: () => Promise<Product>;
  readonly kind: FaultKind;
  readonly name: string;
  readonly random: Random;
};

const longestRecoveryMs = 10_000;

/** Load, a blow at a random moment, recovery, audit. Answers the server that runs afterwards too. */
export async function playRound(options: RoundOptions): Promise<{ result: RoundResult; product: Product }> {
  const { kind, name, random } = options;
  const writers = startWriters(options.product, name, random);
  await pause(between(random, 400, 1_400));
  await strike(kind, options.product, random);
  let product = options.product;
  const goesOn = kind === "PostgreSQL" || kind === "connections";
  if (goesOn) {
    await untilAcked(writers.ledgers);
    await pause(between(random, 100, 300));
    writers.stop();
  }
  const written = await writers.done;
  if (!goesOn) product = await options.restart();
  const acked = count(writers.ledgers);
  const faults = await auditAll(product, writers.ledgers);
  const resent = await repeat(product, written, faults);
  addFaults(faults, await auditAll(product, writers.ledgers));
  return { result: { acked, resent, faults, ledgers: writers.ledgers }, product };
}

function count(ledgers: readonly RunLedger[]): number {
  return ledgers.reduce((sum, ledger) => sum + ledger.acked.size, 0);
}

/** Waits until writes are acknowledged again. */
async function untilAcked(ledgers: readonly RunLedger[]): Promise<void> {
  // What was under way when the database died has been answered by then.
  await pause(200);
  const before = count(ledgers);
  const until = performance.now() + longestRecoveryMs;
  while (count(ledgers) === before) {
    if (performance.now() > until)
      throw new Error(`nothing was acknowledged for ${longestRecoveryMs / 1_000} s after PostgreSQL was killed`);
    await pause(20);
  }
}

/** Sends what has ids once more: what was acknowledged must be known already, and nothing may double. */
async function repeat(door: Door, { unsure, lately }: Written, faults: Faults): Promise<number> {
  const hasIds = (sent: Written["lately"][number]) => sent.source.ledger.dialect === "shannon";
  const known = lately.filter(hasIds);
  const open = unsure.filter(hasIds);
  faults.lost += await sendAgain(door, known);
  await sendAgain(door, open);
  return [...known, ...open].reduce((sum, sent) => sum + sent.events.length, 0);
}

/** The faults of these runs, read over the API. */
export async function auditAll(door: Door, ledgers: readonly RunLedger[]): Promise<Faults> {
  const faults = noFaults();
  const reader = await RunReader.open(door);
  for (const ledger of ledgers) {
    const found = await reader.audit(ledger);
    if (!isFaultless(found)) console.error(`  ${ledger.externalId}: ${JSON.stringify(found)}`);
    addFaults(faults, found);
  }
  reader.close();
  return faults;
}
