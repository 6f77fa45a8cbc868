import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { readPostmaster } from "@/db/embedded/postmaster";
import type { Product } from "../process/product";
import { pick, type Random } from "./random";

export const faultKinds = ["node", "node and PostgreSQL", "PostgreSQL"] as const;
export type FaultKind = (typeof faultKinds)[number];

// In half of the rounds both die, in every fourth the database alone.
const deck: readonly FaultKind[] = ["node", "node and PostgreSQL", "PostgreSQL", "node and PostgreSQL"];

export function faultOf(round: number): FaultKind {
  return deck[round % deck.length] as FaultKind;
}

/** Kills with SIGKILL, both in a random order. */
export async function strike(kind: FaultKind, product: Product, random: Random): Promise<void> {
  const blows: Record<FaultKind, readonly (() => Promise<void>)[]> = {
    node: [product.kill],
    PostgreSQL: [() => killPostgres(product)],
    "node and PostgreSQL": [product.kill, () => killPostgres(product)],
  };
  const [first, second] = random() < 0.5 ? blows[kind] : [...blows[kind]].reverse();
  // Both at once: the second must not wait for the first to be buried.
  const struck = first?.();
  if (second && pick(random, [true, false])) await pause(random() * 5);
  await Promise.all([struck, second?.()]);
}

async function killPostgres({ dataDir }: Product): Promise<void> {
  signalPostgres(dataDir, "SIGKILL");
}

/** Stops a PostgreSQL that a round which failed left behind. */
export function stopLeftPostgres(dataDir: string): void {
  signalPostgres(dataDir, "SIGINT");
}

function signalPostgres(dataDir: string, signal: NodeJS.Signals): void {
  const postmaster = readPostmaster(join(dataDir, "postgres"));
  try {
    if (postmaster) process.kill(postmaster.pid, signal);
  } catch (error) {
    // It was dead already.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
