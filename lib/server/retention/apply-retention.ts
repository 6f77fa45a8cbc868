import type { TransactionSql } from "postgres";
import { withBriefLocks } from "@/db/brief-locks";
import type { Pool } from "@/db/client";
import { partitionsBefore, uuidFloor } from "@/db/partitions";
import { dropLate } from "./drop-late";
import { goesOn } from "./goes-on";
import { settleStates } from "./settle-states";

const dayMs = 86_400_000;

/** Shannon's tiers are the default: everything for a day, important events for ninety. */
export const defaultRetentionDays = 90;

export const tiers = {
  ephemeralMs: dayMs,
  feedMs: dayMs,
  idempotencyMs: dayMs,
  // Runs are asked when a budget is crossed and when they start; no crossing asks about one for longer.
  asksMs: dayMs,
  replaysMs: 30 * dayMs,
  alertsMs: 90 * dayMs,
} as const;

export type Removed = { readonly partitions: readonly string[]; readonly feedRows: number };

/**
 * Drops the day partitions that are due and contain no live run (a run silent for as long as the tier itself is not live), and
 * deletes old rows of the feed, of idempotency keys, and of ended replays and alerts. Never waits longer than two seconds for a
 * lock. If a day cannot be settled, the rest is still done and its error is thrown at the end.
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

/** False if a run of that day is still live. */
async function dropIfOver(pool: Pool, day: Omit<Due, "stood">, silentSinceMs: number): Promise<boolean> {
  const stood = await lengthOf(pool, day.startMs);
  if (await isLive(pool, day.startMs, silentSinceMs)) return false;
  await settleStates(pool, isOfDay(pool, day.startMs));
  return drop(pool, { ...day, stood });
}

/** Returns the number of feed rows deleted. */
async function dropRows(pool: Pool, nowMs: number): Promise<number> {
  // Rows that webhooks have not processed yet stay: a server that was off for longer catches up when it is back.
  const feed = await pool`
    delete from feed f where at_ms < ${nowMs - tiers.feedMs}
      and not exists (select from webhook_cursors c where c.project_id = f.project_id and c.feed_seq < f.feed_seq)`;
  await pool`delete from idempotency_keys where created_at < to_timestamp(${(nowMs - tiers.idempotencyMs) / 1000})`;
  // A crossing that was handled while its budget was being deleted (delete-budget.ts).
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

/**
 * An event up to a day late is booked in its own day or month. After that no budget reads a count, nor what the count already held
 * when a budget was created.
 */
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

/** The total length of a day's runs: it grows with every event that arrives for one of them. */
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

/**
 * False if the table is locked or the day grew since `stood` was read: the next hour tries again. While the parent is locked
 * nothing can be added.
 */
async function drop(pool: Pool, { parent, name, startMs, stood }: Due): Promise<boolean> {
  const isDropped = await withBriefLocks(pool, async (tx) => {
    await tx`lock table only ${tx(parent)} in access exclusive mode`;
    if ((await lengthOf(tx, startMs)) !== stood) return false;
    await tx`drop table if exists ${tx(name)}`;
    return true;
  });
  return isDropped === true;
}
