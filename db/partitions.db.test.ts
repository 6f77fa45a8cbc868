import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase } from "@/test/postgres";
import { openPool, type Pool } from "./client";
import { ensurePartitions, uuidFloor } from "./partitions";

const dayMs = 86_400_000;
let pool: Pool;
let stop: () => Promise<void>;
beforeAll(async () => {
  const database = await createTestDatabase();
  pool = openPool(database.connection, { max: 4, name: "test" });
  stop = async () => {
    await pool.end();
    await database.drop();
  };
});
afterAll(() => stop());

/** How many days from this one on have a place of their own. */
async function daysFrom(ms: number): Promise<number> {
  const first = `events_${new Date(ms).toISOString().slice(0, 10).replaceAll("-", "")}`;
  const [row] = await pool`
    select count(*)::int as days from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'events'::regclass and c.relname between ${first} and 'events_9'`;
  return row?.days;
}

it("new days are left for later while somebody reads for long, as pg_dump does, and nobody waits for as long", async () => {
  const later = Date.now() + 30 * dayMs;
  let letGo = () => {};
  const reading = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let begins = () => {};
  const begun = new Promise<void>((resolve) => {
    begins = resolve;
  });
  const reader = pool.begin(async (tx) => {
    await tx`select from events, events_ephemeral`;
    begins();
    await reading;
  });
  await begun;
  try {
    const made = ensurePartitions(pool, later);
    const waiting = () => pool`select from pg_locks where not granted and relation = 'events'::regclass`;
    await expect.poll(async () => (await waiting()).length).toBe(1);
    // Behind the one that waits for the reader.
    await pool`select from events limit 1`;
    await made;
    expect(await daysFrom(later)).toBe(0);
  } finally {
    letGo();
  }
  await reader;
  await ensurePartitions(pool, later);
  expect(await daysFrom(later)).toBe(4);
});

it("a day that something came to before it had a place keeps no other day from having one", async () => {
  const later = Math.floor(Date.now() / dayMs) * dayMs + 60 * dayMs;
  await pool`
    insert into events (project_id, run_id, seq, received_at_ms, type, source_type, raw)
    values (${uuidFloor(0)}, ${uuidFloor(later)}, 1, ${later}, 'log.written', 'x', '{}')`;
  await expect(ensurePartitions(pool, later)).rejects.toThrow();
  expect(await daysFrom(later)).toBe(3);
});
