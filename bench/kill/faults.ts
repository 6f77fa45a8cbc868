import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { readPostmaster } from "@/db/embedded/postmaster";
import type { Product } from "../process/product";
import { openProductDatabase } from "../process/product-database";
import { pick, type Random } from "./random";

export type FaultKind = "node" | "node and PostgreSQL" | "PostgreSQL" | "connections";

// In two of five rounds both die. Where the database dies alone, or cuts its connections, the server goes on.
const deck: readonly FaultKind[] = ["node", "node and PostgreSQL", "PostgreSQL", "node and PostgreSQL", "connections"];

export function faultOf(round: number): FaultKind {
  return deck[round % deck.length] as FaultKind;
}

/** How often all connections are cut, and how soon again. */
const cuts = 30;
const cutEveryMs = 25;

/** Kills with SIGKILL, both in a random order; of connections all that the server has, again and again. */
export async function strike(kind: FaultKind, product: Product, random: Random): Promise<void> {
  const blows: Record<FaultKind, readonly (() => Promise<void>)[]> = {
    node: [product.kill],
    PostgreSQL: [() => killPostgres(product)],
    connections: [() => cutConnections(product, random)],
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

async function cutConnections(product: Product, random: Random): Promise<void> {
  const database = openProductDatabase(product);
  try {
    for (let cut = 0; cut < cuts; cut++) {
      await database`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and application_name <> 'watchfloor-bench'`;
      await pause(random() * 2 * cutEveryMs);
    }
  } finally {
    await database.end({ timeout: 1 });
  }
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
