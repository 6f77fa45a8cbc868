import type { Pool } from "@/db/client";
import { FeedWaiters, type Watch } from "../live/feed-waiters";
import type { Hub } from "../live/hub";

type Options = { readonly pool: Pool; readonly hub: Pick<Hub, "onFeed">; readonly failed: (error: unknown) => void };

const keyOf = (runId: string, after: number): string => `${runId} ${after}`;

/** Long polls waiting for a run's next control request, or for its end. */
export class ControlWaiters {
  readonly #waiters: FeedWaiters;

  constructor({ pool, hub, failed }: Options) {
    this.#waiters = new FeedWaiters({ hub, failed, settled: (projectId, keys) => settled(pool, projectId, keys) });
  }

  /** Waits for a request of this run with a number above `after`. */
  watch(projectId: string, runId: string, after: number): Watch {
    return this.#waiters.watch(projectId, keyOf(runId, after));
  }

  /** The run's request with this number has just been stored. */
  wake(projectId: string, runId: string, number: number): void {
    const keys = Array.from({ length: number }, (_, after) => keyOf(runId, after));
    this.#waiters.wake(projectId, keys);
  }

  /** See `FeedWaiters`. */
  end(): void {
    this.#waiters.end();
  }
}

async function settled(pool: Pool, projectId: string, keys: readonly string[]): Promise<string[]> {
  const waits = keys.map((key) => ({ k: key, r: key.split(" ")[0], a: Number(key.split(" ")[1]) }));
  const rows = await pool`
    select t.k from json_to_recordset(${JSON.stringify(waits)}::text::json) as t(k text, r uuid, a int)
    join runs r on r.project_id = ${projectId} and r.id = t.r
    where r.status in ('succeeded', 'failed', 'cancelled', 'expired') or exists (
      select 1 from control_requests c where c.project_id = r.project_id and c.run_id = r.id and c.number > t.a)`;
  return rows.map((row) => row.k as string);
}
