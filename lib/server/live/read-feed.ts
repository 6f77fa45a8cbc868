import type { Pool } from "@/db/client";
import type { RunSummary } from "@/lib/core/api/run";
import type { CachedRun } from "../events/append/run-cache";
import { type RunRow, runColumns, runsFromRows } from "../runs/run-row";
import { summaryOf } from "../runs/summary-of";
import type { Entry } from "./channel";

/** One (commit, run) of the feed, with the run as it is now. `listed` is false for activity streams. */
export type FeedEntry = Entry & { readonly run: RunSummary; readonly listed: boolean; readonly firstSeq: number; readonly lastSeq: number };

export async function readFeedHead(pool: Pool, projectId: string): Promise<number> {
  const [row] = await pool`select seq from feed_heads where project_id = ${projectId}`;
  return Number(row?.seq ?? 0);
}

export async function readFeed(pool: Pool, projectId: string, page: { after: number; limit: number }): Promise<FeedEntry[]> {
  const rows = await pool<(RunRow & { feed_seq: string; first_seq: string; feed_last_seq: string })[]>`
    select f.feed_seq, f.first_seq, f.last_seq as feed_last_seq, ${runColumns(pool)}
    from (select * from feed where project_id = ${projectId} and feed_seq > ${page.after} order by feed_seq limit ${page.limit}) f
    join runs r on r.project_id = f.project_id and r.id = f.run_id
    join sources s on s.project_id = r.project_id and s.id = r.source_id
    order by f.feed_seq`;
  const runs = await runsFromRows(rows);
  return rows.map((row, index) => {
    const run = runs[index] as CachedRun;
    return {
      seq: Number(row.feed_seq),
      run: summaryOf(run),
      listed: run.kind === "run",
      firstSeq: Number(row.first_seq),
      lastSeq: Number(row.feed_last_seq),
    };
  });
}
