import { withBriefLocks } from "./brief-locks";
import type { Pool } from "./client";

const dayMs = 86_400_000;
const parents = ["events", "events_ephemeral"] as const;

/** The smallest UUIDv7 of an instant (48 bits of milliseconds, the rest zero): every id generated later is larger. */
export function uuidFloor(ms: number): string {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-0000-0000-000000000000`;
}

/**
 * Creates the missing day partitions for `days` days from `nowMs` on. Safe in many processes. If a long-running reader holds a lock
 * they are left for the next time: nothing is written to them for days. A day that fails does not block the others; its error is
 * thrown at the end.
 */
export async function ensurePartitions(pool: Pool, nowMs: number, days = 4): Promise<void> {
  const today = Math.floor(nowMs / dayMs) * dayMs;
  const failed: unknown[] = [];
  // Yesterday too: for a run created just before midnight by a process whose clock is slightly behind.
  for (let start = today - dayMs; start < today + days * dayMs; start += dayMs) {
    const day = new Date(start).toISOString().slice(0, 10).replaceAll("-", "");
    for (const parent of parents) {
      const made = await ensurePartition(pool, `${parent}_${day}`, { parent, start }).catch((error: unknown) => failed.push(error));
      if (made === null) return;
    }
  }
  if (failed.length > 0) throw failed[0];
}

/** Null if a long-running reader holds a lock. */
async function ensurePartition(pool: Pool, name: string, range: { parent: string; start: number }): Promise<true | null> {
  const [row] = await pool`select to_regclass(${name}) is not null as there`;
  if (row?.there) return true;
  return withBriefLocks(pool, async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('watchfloor partitions'))`;
    const from = uuidFloor(range.start);
    const to = uuidFloor(range.start + dayMs);
    await tx.unsafe(`create table if not exists ${name} partition of ${range.parent} for values from ('${from}') to ('${to}')`);
    return true as const;
  });
}

/** The day partitions of a table that end at or before `ms`, oldest first. */
export async function partitionsBefore(
  pool: Pool,
  parent: (typeof parents)[number],
  ms: number,
): Promise<{ name: string; startMs: number }[]> {
  const rows =
    await pool`select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = ${parent}::regclass order by 1`;
  return rows.flatMap((row) => {
    const day = /_(\d{4})(\d{2})(\d{2})$/.exec(row.relname);
    if (!day) return [];
    const startMs = Date.parse(`${day[1]}-${day[2]}-${day[3]}T00:00:00Z`);
    return startMs + dayMs <= ms ? [{ name: row.relname as string, startMs }] : [];
  });
}
