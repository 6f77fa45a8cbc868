import type { TransactionSql } from "postgres";
import { services } from "../services";

/** Enough to rank a hundred thousand sessions in memory; on disk it takes three times as long. */
const workMem = "32MB";

/**
 * Reads costs on one connection, all as of one instant. Each statement is planned for its own range: a generic plan expects few rows, and
 * took half as long again for 90 days. Parallel workers are off: starting two takes longer than most of these queries.
 */
export async function readCosts<T>(ask: (tx: TransactionSql) => Promise<T>): Promise<T> {
  return services().pool.begin("isolation level repeatable read read only", async (tx) => {
    const settings = tx`
      select set_config('work_mem', ${workMem}, true), set_config('plan_cache_mode', 'force_custom_plan', true),
        set_config('max_parallel_workers_per_gather', '0', true)`.execute();
    const [answer] = await Promise.all([ask(tx), settings]);
    return answer;
  }) as Promise<T>;
}
