import type { TransactionSql } from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ensurePartitions, uuidFloor } from "@/db/partitions";
import { startTestServer, type TestServer } from "@/test/server";
import { runKey } from "../events/append/run-cache";
import { applyRetention } from "./apply-retention";

// G25: retention removes what is due and only that, and blocks nobody for more than two seconds.
const dayMs = 86_400_000;
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const event = (run: string, seq: number, type: string, more: object = {}) => ({ workflow_id: run, type, seq, message: `m${seq}`, ...more });
const send = async (...events: object[]) => expect((await server.send("/events", events)).status).toBe(200);
const seqsOf = async (run: string) =>
  ((await (await server.fetch(`/api/runs/${run}/events?limit=1000`)).json()) as { events: { seq: number }[] }).events.map(({ seq }) => seq);

/** Gives a run an id of yesterday, or of some days ago: it and its events lie in that day's partitions. */
async function moveToYesterday(run: string, days = 1): Promise<string> {
  const { pool } = server.services;
  const [row] = await pool<{ id: string }[]>`select id from runs where external_id = ${run}`;
  if (!row) throw new Error(`${run} is not there`);
  const id = uuidFloor(Date.now() - days * dayMs).slice(0, 14) + row.id.slice(14);
  for (const table of ["events", "events_ephemeral", "feed"]) await pool`update ${pool(table)} set run_id = ${id} where run_id = ${row.id}`;
  await pool`update runs set id = ${id} where id = ${row.id}`;
  return id;
}

it("drops the days that are due, but no day in which a run still goes on, and keeps what a run was", async () => {
  const { pool } = server.services;
  await send(event("wf-old", 1, "WORKFLOW_STARTED"), event("wf-old", 2, "LLM_PARTIAL"), event("wf-old", 3, "WORKFLOW_COMPLETED"));
  await send(event("wf-long", 1, "WORKFLOW_STARTED"), event("wf-long", 2, "LLM_PARTIAL"), event("wf-long", 3, "AGENT_STARTED"));
  const old = await moveToYesterday("wf-old");
  const clock = Date.now() + 92 * dayMs;
  await pool`update runs set last_event_at_ms = ${clock - 3_600_000} where external_id = 'wf-long'`;

  // A minute before the first tier of yesterday ends nothing is due.
  const dueAt = Math.floor(Date.now() / dayMs) * dayMs + dayMs;
  expect((await applyRetention(pool, dueAt - 60_000)).partitions).toEqual([]);
  expect(await seqsOf(old)).toEqual([1, 2, 3]);
  // Then the deltas go, and the log stays.
  expect((await applyRetention(pool, dueAt)).partitions).toEqual([expect.stringMatching(/^events_ephemeral_/)]);
  expect(await seqsOf(old)).toEqual([1, 3]);
  expect(await seqsOf("wf-long")).toEqual([1, 2, 3]);
  // Ninety days later the log of the ended run goes, and not that of the one that still goes on.
  expect((await applyRetention(pool, clock)).partitions.length).toBeGreaterThan(0);
  expect(await seqsOf(old)).toEqual([]);
  expect(await (await server.fetch(`/api/runs/${old}`)).json()).toMatchObject({ status: "succeeded", lastSeq: 3, externalId: "wf-old" });
  expect(await seqsOf("wf-long")).toEqual([1, 2, 3]);
  await pool`update runs set last_event_at_ms = ${clock - 91 * dayMs} where external_id = 'wf-long'`;
  await applyRetention(pool, clock);
  expect(await seqsOf("wf-long")).toEqual([]);
});

it("keeps events for as many days as it was told", async () => {
  const { pool } = server.services;
  await ensurePartitions(pool, Date.now() - dayMs);
  await send(event("wf-week", 1, "WORKFLOW_STARTED"), event("wf-week", 2, "WORKFLOW_COMPLETED"));
  const run = await moveToYesterday("wf-week");
  const aWeekOld = Math.floor(Date.now() / dayMs) * dayMs + 7 * dayMs;
  await applyRetention(pool, aWeekOld - 60_000, 7);
  expect(await seqsOf(run)).toEqual([1, 2]);
  await applyRetention(pool, aWeekOld, 7);
  expect(await seqsOf(run)).toEqual([]);
});

it("loses nothing that comes to an old run while its day is about to be dropped, and the run stays what it was", async () => {
  const { pool, appender } = server.services;
  const nowMs = Date.now();
  await ensurePartitions(pool, nowMs - dayMs);
  await send(event("wf-back", 1, "WORKFLOW_STARTED"), event("wf-back", 2, "AGENT_STARTED", { agent_id: "a" }));
  const run = await moveToYesterday("wf-back");
  const [row] = await pool`select source_id from runs where id = ${run}`;
  // Else it would be known by the id that it had today.
  appender.cache.forget([runKey(row?.source_id, "wf-back")]);
  let seq = 2;
  const late = new Proxy(pool, {
    get: (of, name) => {
      const found = Reflect.get(of, name);
      if (name !== "begin") return found;
      return async (work: (tx: TransactionSql) => unknown) => {
        seq += 1;
        await send(event("wf-back", seq, "LLM_OUTPUT", { agent_id: "a", payload: { tokens_used: 7 } }));
        return pool.begin(work);
      };
    },
  });
  await applyRetention(late, nowMs + 91 * dayMs);
  expect(seq).toBeGreaterThan(3);
  expect(await seqsOf(run)).toEqual(Array.from({ length: seq }, (_, index) => index + 1));
  // Nothing more comes: the next time it goes.
  await applyRetention(pool, nowMs + 91 * dayMs);
  expect(await seqsOf(run)).toEqual([]);
  expect(await (await server.fetch(`/api/runs/${run}`)).json()).toMatchObject({
    lastSeq: seq,
    tokens: { total: 7 * (seq - 2) },
  });
});

it("waits for nobody for more than two seconds, and makes nobody wait longer: who reads goes on reading, who writes is stored", async () => {
  const { pool } = server.services;
  const days = await pool`select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'events'::regclass`;
  const held = days.map((row) => row.relname as string).find((name) => /_\d{8}$/.test(name)) as string;
  let letGo = () => {};
  const reading = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const reader = pool.begin(async (tx) => {
    await tx`select count(*) from ${tx(held)}`;
    await reading;
    return tx`select count(*) from ${tx(held)}`;
  });
  const slowest = { ms: 0 };
  const state = { done: false };
  const writing = (async () => {
    for (let seq = 1; !state.done; seq++) {
      const from = performance.now();
      await send(event("wf-meanwhile", seq, "AGENT_STARTED"));
      slowest.ms = Math.max(slowest.ms, performance.now() - from);
    }
  })();
  const removed = await applyRetention(pool, Date.now() + 400 * dayMs);
  state.done = true;
  await writing;
  expect(removed.partitions).not.toContain(held);
  // The lock is given up after two seconds; beyond that is what a busy machine takes. Without, it would be held until the reader lets go.
  expect(slowest.ms).toBeLessThan(20_000);
  letGo();
  expect(await reader).toHaveLength(1);
});

it("does what else is due where one day cannot be settled, and that day when it can", async () => {
  const { pool } = server.services;
  await ensurePartitions(pool, Date.now() - 5 * dayMs);
  await send(event("wf-odd", 1, "WORKFLOW_STARTED"), event("wf-odd", 2, "WORKFLOW_COMPLETED"));
  const odd = await moveToYesterday("wf-odd", 5);
  // A state that wants its last event from the log and cannot take it.
  await pool`update runs set state = '{"lifecycle":{"lastSeq":0}}' where id = ${odd}`;
  const clock = Date.now() + 92 * dayMs;
  await pool`update feed set at_ms = ${clock - 2 * dayMs}`;
  await expect(applyRetention(pool, clock)).rejects.toThrow();
  expect(await pool`select from events where run_id = ${odd}`).toHaveLength(2);
  expect(await pool`select from feed`).toHaveLength(0);
  await pool`update runs set state = '{"lifecycle":{"lastSeq":2}}' where id = ${odd}`;
  await applyRetention(pool, clock);
  expect(await pool`select from events where run_id = ${odd}`).toHaveLength(0);
});

it("keeps what comes to a run whose day is gone for as long as any other event, and no longer", async () => {
  const { pool, appender } = server.services;
  await ensurePartitions(pool, Date.now() - 20 * dayMs);
  await send(event("wf-late", 1, "WORKFLOW_STARTED"), event("wf-late", 2, "LLM_PARTIAL"), event("wf-late", 3, "APPROVAL_REQUESTED"));
  const run = await moveToYesterday("wf-late", 20);
  const [row] = await pool`select source_id from runs where id = ${run}`;
  appender.cache.forget([runKey(row?.source_id, "wf-late")]);
  await pool`update runs set last_event_at_ms = ${Date.now() - 2 * dayMs} where id = ${run}`;
  await applyRetention(pool, Date.now());
  expect(await seqsOf(run)).toEqual([1, 3]);
  await pool`update runs set last_event_at_ms = ${Date.now() - 8 * dayMs} where id = ${run}`;
  await applyRetention(pool, Date.now(), 7);
  expect(await seqsOf(run)).toEqual([]);

  // It goes on after all, with more than its state is written for.
  await send(event("wf-late", 4, "LLM_PARTIAL"), event("wf-late", 5, "LLM_OUTPUT", { agent_id: "a", payload: { tokens_used: 7 } }));
  await send(event("wf-late", 6, "LLM_OUTPUT", { agent_id: "a", payload: { tokens_used: 7 } }));
  appender.cache.forget([runKey(row?.source_id, "wf-late")]);
  await applyRetention(pool, Date.now(), 7);
  expect(await seqsOf(run)).toEqual([4, 5, 6]);
  await applyRetention(pool, Date.now() + dayMs + 60_000, 7);
  expect(await seqsOf(run)).toEqual([5, 6]);
  await applyRetention(pool, Date.now() + 7 * dayMs + 60_000, 7);
  expect(await seqsOf(run)).toEqual([]);
  expect(await (await server.fetch(`/api/runs/${run}`)).json()).toMatchObject({ lastSeq: 6, tokens: { total: 14 } });
});

it("forgets what was counted in days and months that nothing is booked in any more, and keeps what is counted for good", async () => {
  const { pool } = server.services;
  for (const window of ["day", "month", "total"]) {
    const budget = { name: window, scope: "agent", unit: "tokens", amount: 1_000, window };
    expect((await server.send("/api/budgets", budget)).status).toBe(201);
  }
  await send(event("wf-spends", 1, "LLM_OUTPUT", { agent_id: "a", payload: { tokens_used: 7 } }));
  const counted = async () => (await pool`select "window" from budget_counts order by 1`).map((row) => row.window);
  // What comes a day after it happened is still booked on its day.
  const today = Math.floor(Date.now() / dayMs) * dayMs;
  for (const [afterDays, kept] of [
    [2.9, ["day", "month", "total"]],
    [3.1, ["month", "total"]],
  ] as const) {
    await applyRetention(pool, today + afterDays * dayMs);
    expect(await counted()).toEqual(kept);
  }
  await applyRetention(pool, today + 70 * dayMs);
  expect(await counted()).toEqual(["total"]);
});
