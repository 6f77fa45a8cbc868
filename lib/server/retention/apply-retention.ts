import type { Pool } from "@/db/client";
import { partitionsBefore, uuidFloor } from "@/db/partitions";

const dayMs = 86_400_000;

/** Shannon's tiers as the default: everything for a day, what matters for ninety. */
export const retentionDefaults = { ephemeralMs: dayMs, eventsMs: 90 * dayMs, feedMs: dayMs, idempotencyMs: dayMs } as const;

export type Removed = { readonly partitions: readonly string[]; readonly feedRows: number };

/**
 * Drops the day partitions that are due and hold no run that is still going on (a run silent for as long as the tier itself
 * is not going on), and old rows of the feed and of idempotency. Never waits longer than two seconds for a lock.
 */
export async function applyRetention(pool: Pool, nowMs: number, tiers = retentionDefaults): Promise<Removed> {
  const dropped: string[] = [];
  for (const [parent, keptMs] of [
    ["events_ephemeral", tiers.ephemeralMs],
    ["events", tiers.eventsMs],
  ] as const) {
    for (const partition of await partitionsBefore(pool, parent, nowMs - keptMs)) {
      if (await isLive(pool, partition.startMs, nowMs - keptMs)) continue;
      if (await drop(pool, partition.name)) dropped.push(partition.name);
    }
  }
  const feed = await pool`delete from feed where at_ms < ${nowMs - tiers.feedMs}`;
  await pool`delete from idempotency_keys where created_at < to_timestamp(${(nowMs - tiers.idempotencyMs) / 1000})`;
  await pool`delete from sessions where expires_at < to_timestamp(${nowMs / 1000})`;
  await pool`delete from sign_in_links where expires_at < to_timestamp(${nowMs / 1000})`;
  return { partitions: dropped, feedRows: feed.count };
}

async function isLive(pool: Pool, startMs: number, silentSinceMs: number): Promise<boolean> {
  const [row] = await pool`
    select 1 from runs where id >= ${uuidFloor(startMs)} and id < ${uuidFloor(startMs + dayMs)} and kind = 'run'
      and status not in ('succeeded', 'failed', 'cancelled', 'expired') and coalesce(last_event_at_ms, 0) >= ${silentSinceMs} limit 1`;
  return row !== undefined;
}

async function drop(pool: Pool, partition: string): Promise<boolean> {
  try {
    await pool.begin(async (tx) => {
      await tx`set local lock_timeout = '2s'`;
      await tx`drop table if exists ${tx(partition)}`;
    });
    return true;
  } catch (error) {
    // Lock not available: the next hour tries again.
    if ((error as { code?: string }).code === "55P03") return false;
    throw error;
  }
}
