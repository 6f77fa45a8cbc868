import type { TransactionSql } from "postgres";
import { databaseCodeOf, type Pool } from "./client";

const lockNotAvailable = "55P03";

/**
 * Does this in a transaction that waits no longer than two seconds for a lock: whoever comes behind it waits as long, be it for a reader like
 * pg_dump, which is at it for hours. Null where a lock was not to be had; nothing was done then.
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
