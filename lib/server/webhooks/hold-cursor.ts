import type { TransactionSql } from "postgres";

/**
 * Creates a project's feed cursor if there is none, and locks it: the follower (deliver-feed.ts) must not delete the cursor of a
 * project that is about to need it.
 */
export async function holdCursor(tx: TransactionSql, projectId: string): Promise<void> {
  // The update takes the lock even if the row exists.
  await tx`
    insert into webhook_cursors as c (project_id, feed_seq) select project_id, seq from feed_heads where project_id = ${projectId}
    on conflict (project_id) do update set feed_seq = c.feed_seq`;
}
