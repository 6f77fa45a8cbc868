import type { TransactionSql } from "postgres";

/**
 * Makes a project's place in the feed where there is none, and takes its lock: the follower (deliver-feed.ts) must not remove that of a project
 * which is about to need it.
 */
export async function holdCursor(tx: TransactionSql, projectId: string): Promise<void> {
  // The update takes the lock also where the row is there.
  await tx`
    insert into webhook_cursors as c (project_id, feed_seq) select project_id, seq from feed_heads where project_id = ${projectId}
    on conflict (project_id) do update set feed_seq = c.feed_seq`;
}
