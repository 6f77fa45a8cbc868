import type { TransactionSql } from "postgres";
import { heardOf } from "./heard-of";

/** How many of a source's runs are checked for its last sign of life; after that the feed tells. */
const newestRuns = 20;

/** Records when each source was last heard from before anyone followed the feed, from its newest runs. */
export async function noteSources(tx: TransactionSql, projectId: string): Promise<void> {
  await tx`
    insert into alert_heard as h (project_id, source_id, at_ms)
    select s.project_id, s.id, n.at_ms from sources s cross join lateral (
      select max(heard_ms) as at_ms from (
        select ${heardOf(tx)} as heard_ms from runs where project_id = s.project_id and source_id = s.id and kind = 'run'
        order by id desc nulls last limit ${newestRuns}
      ) newest
    ) n where s.project_id = ${projectId} and n.at_ms is not null
    on conflict (project_id, source_id) do update set at_ms = greatest(h.at_ms, excluded.at_ms)`;
}
