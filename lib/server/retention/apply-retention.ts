import type { TransactionSql } from "postgres";
import { withBriefLocks } from "@/db/brief-locks";
import type { Pool } from "@/db/client";
import { partitionsBefore, uuidFloor } from "@/db/partitions";
import { dropLate } from "./drop-late";
import { goesOn } from "./goes-on";
import { settleStates } from "./settle-states";

const dayMs = 86_400_000;

/** Shannon's tiers as the default: everything for a day, what matters for ninety. */
export const defaultRetentionDays = 90;

export const tiers = {
  ephemeralMs: dayMs,
  feedMs: dayMs,
  idempotencyMs: dayMs,
  // Runs are asked when a budget is crossed, and when they begin: no crossing looks at one for longer.
  asksMs: dayMs,
  replaysMs: 30 * dayMs,
  alertsMs: 90 * dayMs,
} as const;

export type Removed = { readonly partitions: readonly string[]; readonly feedRows: number };

/**
 * Drops the day partitions that are due and hold no run that is still going on (a run silent for as long as the tier itself
 * is not going on), and old rows of the feed, of idempotency, and of replays and alerts that have ended. Never waits longer than two seconds for a lock.
 * A day that cannot be settled keeps nothing else from what is due; its error is thrown behind all of that.
 */
export async function applyRetention(pool: Pool, nowMs: number, eventDays = defaultRetentionDays): Promise<Removed> {
  const dropped: string[] = [];
  const failed: unknown[] = [];
  for (const [parent, keptMs] of [
    ["events_ephemeral", tiers.ephemeralMs],
    ["events", eventDays * dayMs],
  ] as const) {
    for (const partition of await partitionsBefore(pool, parent, nowMs - keptMs)) {
      const isDropped = await dropIfOver(pool, { parent, ...partition }, nowMs - keptMs).catch((error: unknown) => void failed.push(error));
      if (isDropped) dropped.push(partition.name);
    }
    await dropLate(pool, parent, nowMs - keptMs).catch((error: unknown) => failed.push(error));
  }
  const feedRows = await dropRows(pool, nowMs);
  if (failed.length > 0) throw failed[0];
  return { partitions: dropped, feedRows };
}

/** False where a run of that day still goes on. */
async function dropIfOver(pool: Pool, day: Omit<Due, "stood">, silentSinceMs: number): Promise<boolean> {
  const stood = await lengthOf(pool, day.startMs);
  if (await isLive(pool, day.startMs, silentSinceMs)) return false;
  await settleStates(pool, isOfDay(pool, day.startMs));
  return drop(pool, { ...day, stood });
}

/** Gives how many rows of the feed there were. */
async function dropRows(pool: Pool, nowMs: number): Promise<number> {
  // What webhooks are still to be told of stays: a server that was off for longer follows it when it is back.
  const feed = await pool`
    delete from feed f where at_ms < ${nowMs - tiers.feedMs}
      and not exists (select from webhook_cursors c where c.project_id = f.project_id and c.feed_seq < f.feed_seq)`;
  await pool`delete from idempotency_keys where created_at < to_timestamp(${(nowMs - tiers.idempotencyMs) / 1000})`;
  // A crossing that was acted on while its budget was deleted (delete-budget.ts).
  await pool`
    with left_over as (
      select c.* from budget_crossings c
      where not exists (select from budgets b where b.project_id = c.project_id and b.id = c.budget_id) for update of c skip locked
    )
    delete from budget_crossings c using left_over l
    where c.project_id = l.project_id and c.budget_id = l.budget_id and c.window_ms = l.window_ms and c.key = l.key and c.threshold = l.threshold`;
  await dropOldCounts(pool, nowMs);
  await pool`delete from budget_asks where at_ms < ${nowMs - tiers.asksMs}`;
  await pool`delete from replays where ended_at_ms < ${nowMs - tiers.replaysMs}`;
  await pool`
    with old as (delete from alerts where ended_at_ms < ${nowMs - tiers.alertsMs} returning project_id, id)
    delete from alert_log l using old where l.project_id = old.project_id and l.alert_id = old.id`;
  await pool`delete from sessions where expires_at < to_timestamp(${nowMs / 1000})`;
  await pool`delete from sign_in_links where expires_at < to_timestamp(${nowMs / 1000})`;
  return feed.count;
}

/** What came a day late is booked in its own day or month; behind that no budget looks at a count, nor at what it had held when a budget was made. */
async function dropOldCounts(pool: Pool, nowMs: number): Promise<void> {
  const [day, month] = [nowMs - 3 * dayMs, nowMs - 34 * dayMs];
  await pool`
    with old as (
      select project_id, scope, "window", window_ms, key from budget_counts c
      where ("window" = 'day' and window_ms < ${day}) or ("window" = 'month' and window_ms < ${month}) for update skip locked
    )
    delete from budget_counts c using old o
    where c.project_id = o.project_id and c.scope = o.scope and c."window" = o."window" and c.window_ms = o.window_ms and c.key = o.key`;
  await pool`delete from budget_baselines where window_ms > 0 and window_ms < ${month}`;
}

/** How long the runs of a day are together: it grows with every event that comes to one of them. */
async function lengthOf(sql: Pool | TransactionSql, startMs: number): Promise<string> {
  const [row] = await sql`
    select coalesce(sum(last_seq), 0)::text as length from runs r where ${isOfDay(sql, startMs)}`;
  return row?.length;
}

async function isLive(pool: Pool, startMs: number, silentSinceMs: number): Promise<boolean> {
  const [row] = await pool`select 1 from runs r where ${isOfDay(pool, startMs)} and ${goesOn(pool, silentSinceMs)} limit 1`;
  return row !== undefined;
}

function isOfDay(sql: Pool | TransactionSql, startMs: number) {
  return sql`r.id >= ${uuidFloor(startMs)} and r.id < ${uuidFloor(startMs + dayMs)}`;
}

type Due = { readonly parent: string; readonly name: string; readonly startMs: number; readonly stood: string };

/** False where somebody holds it, or where it went on since it stood: the next hour looks again. Behind the parent's lock nothing comes to it. */
async function drop(pool: Pool, { parent, name, startMs, stood }: Due): Promise<boolean> {
  const isDropped = await withBriefLocks(pool, async (tx) => {
    await tx`lock table only ${tx(parent)} in access exclusive mode`;
    if ((await lengthOf(tx, startMs)) !== stood) return false;
    await tx`drop table if exists ${tx(name)}`;
    return true;
  });
  return isDropped === true;
}
