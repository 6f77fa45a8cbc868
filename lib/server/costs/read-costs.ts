import type { TransactionSql } from "postgres";
import { services } from "../services";

/** A hundred thousand sessions are ranked in memory; on disk it takes three times as long. */
const workMem = "32MB";

/**
 * Asks for costs on one connection, all as of one instant. Each statement is planned for its own stretch: a plan for any stretch expects
 * few rows, and took half as long again for 90 days. No worker helps: to start two takes longer than most of these questions.
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
