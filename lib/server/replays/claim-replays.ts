import type { Pool } from "@/db/client";

/** A replay that this process may continue now. */
export type ClaimedReplay = {
  readonly projectId: string;
  readonly id: string;
  readonly url: string;
  /** Sealed. */
  readonly secret: string | null;
  readonly speed: number | null;
  readonly total: number;
  readonly delivered: number;
  readonly position: number;
  readonly tries: number;
  readonly lockedBy: string;
};

type Claim = {
  readonly lockedBy: string;
  readonly nowMs: number;
  readonly lockMs: number;
  readonly limit: number;
  /** Ids of the replays this worker is running: their locks expire while it cannot reach the database to renew them. */
  readonly held?: readonly string[];
};

/** Claims replays whose next event is due and that no live worker holds, including this one. */
export async function claimReplays(pool: Pool, { lockedBy, nowMs, lockMs, limit, held = [] }: Claim): Promise<ClaimedReplay[]> {
  const rows = await pool`
    update replays r set locked_by = ${lockedBy}, locked_until_ms = ${nowMs + lockMs}
    from (
      select project_id, id from replays
      where status = 'running' and next_attempt_ms <= ${nowMs} and (locked_until_ms is null or locked_until_ms <= ${nowMs})
        and id <> all(${held as string[]}::uuid[])
      order by next_attempt_ms limit ${limit} for update skip locked
    ) due
    where r.project_id = due.project_id and r.id = due.id
    returning r.project_id, r.id, r.url, r.secret, r.speed, r.total, r.delivered, r.position, r.tries`;
  return rows.map((row) => ({
    projectId: row.project_id,
    id: row.id,
    url: row.url,
    secret: row.secret,
    speed: row.speed,
    total: row.total,
    delivered: row.delivered,
    position: row.position,
    tries: row.tries,
    lockedBy,
  }));
}

/** Renews the locks so that no other worker takes these replays over. */
export async function holdReplays(pool: Pool, held: { ids: readonly string[]; lockedBy: string; untilMs: number }): Promise<void> {
  if (held.ids.length === 0) return;
  await pool`
    update replays set locked_until_ms = ${held.untilMs}
    where id = any(${held.ids as string[]}::uuid[]) and locked_by = ${held.lockedBy} and status = 'running'`;
}
