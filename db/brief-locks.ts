import type { TransactionSql } from "postgres";
import { databaseCodeOf, type Pool } from "./client";

const lockNotAvailable = "55P03";

/**
 * Runs `work` in a transaction that waits at most two seconds for a lock, because everything that queues behind it waits as long,
 * even if the holder is a reader such as pg_dump that takes hours. Returns null, with nothing done, if a lock was not available.
 */
export async function withBriefLocks<T>(pool: Pool, work: (tx: TransactionSql) => Promise<T>): Promise<T | null> {
  const state: { done: T | null } = { done: null };
  try {
    await pool.begin(async (tx) => {
      await tx`set local lock_timeout = '2s'`;
      state.done = await work(tx);
    });
    return state.done;
  } catch (error) {
    if (databaseCodeOf(error) === lockNotAvailable) return null;
    throw error;
  }
}
