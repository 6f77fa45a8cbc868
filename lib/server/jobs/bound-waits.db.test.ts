import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPool, type Pool } from "@/db/client";
import { defaultProjectId } from "@/db/migrate";
import { createTestDatabase, type TestDatabase } from "@/test/postgres";
import { boundWaits } from "./bound-waits";

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.connection, { max: 2, name: "test" });
});
beforeEach(async () => {
  for (const table of ["webhook_deliveries", "replays", "replay_items", "source_streams", "repricings", "approvals", "control_requests"])
    await pool`delete from ${pool(table)}`;
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const nowMs = 1_800_000_000_000;
const [secondMs, minuteMs, hourMs] = [1_000, 60_000, 3_600_000];
/** Written while the database's clock was five hours ahead. */
const farMs = nowMs + 5 * hourMs;

async function add(table: string, row: Record<string, unknown>): Promise<string> {
  const id = randomUUID();
  await pool`insert into ${pool(table)} ${pool({ project_id: defaultProjectId, id, ...row } as never)}`;
  return id;
}
const ofTable = {
  webhook_deliveries: () => ({
    ...{
      webhook_id: randomUUID(),
      message_key: randomUUID(),
      type: "session.started",
      family: "event",
      source_name: "default",
      body: "{}",
    },
    ...{ created_at_ms: nowMs, status: "pending", next_attempt_ms: nowMs },
  }),
  replays: () => ({ url: "http://x.test/", types: [], status: "running", total: 3, created_at_ms: nowMs, next_attempt_ms: nowMs }),
  source_streams: () => ({ source_id: randomUUID(), url: "http://x.test/", status: "following", created_at_ms: nowMs, next_try_ms: nowMs }),
  repricings: () => ({ from_ms: 0, to_ms: 1, prices: pool.json([]), status: "counting", created_by: "x", created_at_ms: nowMs }),
  approvals: () => ({
    ...{
      run_id: randomUUID(),
      key: "k",
      named: true,
      asked_through: "source",
      status: "approved",
      kind: "tool",
      action_hash: randomUUID(),
    },
    ...{ asked_at_ms: nowMs, decided_through: "watchfloor" },
  }),
  control_requests: () => ({
    ...{ run_id: randomUUID(), number: 1, action: "pause", outcome: "open", requested_by: "x", requested_at_ms: nowMs },
    claimed_until_ms: nowMs,
  }),
};
type Table = keyof typeof ofTable;

/** How far ahead each of these lies after it was looked at, in the order in which they were made. */
async function aheadAfter(table: Table, column: string, rows: readonly Record<string, unknown>[]): Promise<number[]> {
  const ids: string[] = [];
  for (const row of rows) ids.push(await add(table, { ...ofTable[table](), ...row }));
  await boundWaits(pool, nowMs);
  const found = await pool`select id, ${pool(column)} as ms from ${pool(table)}`;
  return ids.map((id) => Number(found.find((row) => row.id === id)?.ms) - nowMs);
}

describe("a time that nothing is put off to is one from before the clock was set back", () => {
  it("a delivery waits for the pause before its attempt", async () => {
    const rows = [0, 1, 4].map((step) => ({ step, next_attempt_ms: farMs }));
    expect(await aheadAfter("webhook_deliveries", "next_attempt_ms", rows)).toEqual([0, minuteMs, 2 * hourMs]);
  });

  it("and one that is rightly put off keeps its time", async () => {
    const rows = [
      { step: 4, next_attempt_ms: nowMs + 2 * hourMs },
      { step: 1, next_attempt_ms: nowMs + minuteMs },
      { step: 0, next_attempt_ms: nowMs - hourMs },
      { step: 0, next_attempt_ms: farMs, status: "failed" },
    ];
    expect(await aheadAfter("webhook_deliveries", "next_attempt_ms", rows)).toEqual([2 * hourMs, minuteMs, -hourMs, 5 * hourMs]);
  });

  it("a delivery that a dead server held is free after the length of a lock, and nothing is locked that was not", async () => {
    const rows = [
      { locked_by: randomUUID(), locked_until_ms: farMs },
      { locked_by: randomUUID(), locked_until_ms: nowMs + 5 * secondMs },
      { locked_by: randomUUID(), locked_until_ms: farMs, family: "test" },
    ];
    expect(await aheadAfter("webhook_deliveries", "locked_until_ms", rows)).toEqual([6 * secondMs, 5 * secondMs, minuteMs]);
    await add("webhook_deliveries", { ...ofTable.webhook_deliveries(), next_attempt_ms: farMs });
    await boundWaits(pool, nowMs);
    expect(await pool`select from webhook_deliveries where locked_until_ms is not null`).toHaveLength(3);
  });

  it("a replay waits for its pause, or for the time between its events", async () => {
    const paced = { speed: 2, position: 2, next_attempt_ms: farMs };
    const runId = randomUUID();
    const items = async (replayId: string) => {
      for (const [n, atMs] of [0, 10, 20, 20 + 4 * minuteMs].entries()) {
        await pool`insert into replay_items ${pool({ project_id: defaultProjectId, replay_id: replayId, n, run_id: runId, seq: n, at_ms: atMs })}`;
        await pool`
          insert into events (project_id, run_id, seq, received_at_ms, type, source_type, raw)
          values (${defaultProjectId}, ${runId}, ${n}, 0, 'x', 'x', '{}') on conflict do nothing`;
      }
    };
    const id = await add("replays", { ...ofTable.replays(), ...paced });
    await items(id);
    expect(await aheadAfter("replays", "next_attempt_ms", [{ next_attempt_ms: farMs }, { next_attempt_ms: farMs, tries: 1 }])).toEqual([
      0,
      minuteMs,
    ]);
    const [row] = await pool`select next_attempt_ms as ms from replays where id = ${id}`;
    expect(Number(row?.ms) - nowMs).toBe(2 * minuteMs);
  });

  it("a stream waits for the longest pause that a source may ask for", async () => {
    const rows = [{ next_try_ms: farMs }, { next_try_ms: farMs, tries: 3 }];
    expect(await aheadAfter("source_streams", "next_try_ms", rows)).toEqual([0, hourMs]);
    expect(await aheadAfter("source_streams", "held_until_ms", [{ held_by: randomUUID(), held_until_ms: farMs }])).toEqual([6 * secondMs]);
  });

  it.each([
    ["replays", "locked_until_ms", 6 * secondMs],
    ["repricings", "locked_until_ms", 6 * secondMs],
    ["approvals", "claimed_until_ms", 3 * secondMs],
    ["control_requests", "claimed_until_ms", 3 * secondMs],
  ] as const)("what a dead server held of %s is free soon", async (table, column, ms) => {
    expect(await aheadAfter(table, column, [{ [column]: farMs }, { [column]: nowMs + 2 * secondMs }])).toEqual([ms, 2 * secondMs]);
  });
});
