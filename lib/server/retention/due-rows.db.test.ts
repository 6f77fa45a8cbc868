import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";
import { applyRetention } from "./apply-retention";

// G25: retention removes what is due and only that.
const dayMs = 86_400_000;
/** Far ahead: what the server itself removes by today's clock is none of these. */
const nowMs = Date.parse("2100-06-15T12:00:00Z");
const ago = (days: number) => nowMs - days * dayMs;
const at = (ms: number) => new Date(ms).toISOString();

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
});
afterAll(() => server.stop());

const [project, other] = [randomUUID(), randomUUID()];
const [budget, deleted] = [randomUUID(), randomUUID()];
const [alert, recent] = [randomUUID(), randomUUID()];
const hash = () => randomBytes(32);
const run = { run_id: randomUUID() };
const crossing = { ...run, window_ms: 0, key: "a", threshold: 50, spent: 1, seq: 1, at_ms: ago(400) };
const count = { scope: "agent", key: "a", tokens: 1, nanos: 1 };
const ask = { ...run, budget_id: budget, window_ms: 0, key: "a" };
const replay = { url: "http://127.0.0.1", types: [], status: "done", total: 1, next_attempt_ms: 0, created_at_ms: ago(400) };
const fired = { ...{ rule_id: randomUUID(), rule_name: "r", kind: "waiting", subject: "s", level: "alert", worst: "alert" } };
const entry = { at_ms: ago(400), step: "fired", level: "alert", told: true };

type Row = Record<string, unknown>;
/** For each table what goes, and what stays though it is like it. */
const tables: readonly { readonly table: string; readonly goes: readonly Row[]; readonly stays: readonly Row[] }[] = [
  {
    table: "feed",
    goes: [
      { feed_seq: 4, at_ms: ago(1) - 1 },
      { feed_seq: 5, at_ms: ago(9) },
      { project_id: other, feed_seq: 6, at_ms: ago(1) - 1 },
    ],
    // Webhooks are still to be told of 6.
    stays: [
      { feed_seq: 6, at_ms: ago(9) },
      { project_id: other, feed_seq: 7, at_ms: ago(1) },
    ],
  },
  {
    table: "idempotency_keys",
    goes: [{ key: "old", created_at: at(ago(1) - 1) }],
    stays: [{ key: "new", created_at: at(ago(1)) }],
  },
  {
    table: "budget_crossings",
    goes: [{ ...crossing, budget_id: deleted }],
    stays: [{ ...crossing, budget_id: budget }],
  },
  {
    table: "budget_counts",
    goes: [
      { ...count, window: "day", window_ms: ago(3) - 1 },
      { ...count, window: "month", window_ms: ago(34) - 1 },
    ],
    stays: [
      { ...count, window: "day", window_ms: ago(3) },
      { ...count, window: "month", window_ms: ago(3) - 1 },
      { ...count, window: "month", window_ms: ago(34) },
      { ...count, window: "total", window_ms: 0 },
    ],
  },
  {
    table: "budget_baselines",
    goes: [{ window_ms: ago(34) - 1, key: "a", budget_id: budget, counted: 1 }],
    stays: [ago(34), 0].map((window_ms) => ({ window_ms, key: "a", budget_id: budget, counted: 1 })),
  },
  {
    table: "budget_asks",
    goes: [{ ...ask, threshold: 50, at_ms: ago(1) - 1 }],
    stays: [{ ...ask, threshold: 80, at_ms: ago(1) }],
  },
  {
    table: "replays",
    goes: [{ ...replay, id: randomUUID(), ended_at_ms: ago(30) - 1 }],
    stays: [ago(30), null].map((ended_at_ms) => ({ ...replay, id: randomUUID(), ended_at_ms })),
  },
  {
    table: "alert_log",
    goes: [{ ...entry, n: 1, alert_id: alert }],
    stays: [
      { ...entry, n: 2, alert_id: recent },
      { ...entry, project_id: other, n: 1, alert_id: alert },
    ],
  },
  {
    table: "alerts",
    goes: [{ ...fired, id: alert, ended_at_ms: ago(90) - 1 }],
    stays: [
      { ...fired, id: recent, ended_at_ms: ago(90) },
      { ...fired, id: randomUUID(), ended_at_ms: null },
    ],
  },
  {
    table: "sessions",
    goes: [{ id: randomUUID(), expires_at: at(nowMs - 1) }],
    stays: [{ id: randomUUID(), expires_at: at(nowMs) }],
  },
  {
    table: "sign_in_links",
    goes: [{ key_id: randomUUID(), expires_at: at(nowMs - 1) }],
    stays: [{ key_id: randomUUID(), expires_at: at(nowMs) }],
  },
];

/** What its table wants beside what the case is about. */
const needed: Readonly<Record<string, () => Row>> = {
  feed: () => ({ ...run, first_seq: 1, last_seq: 1 }),
  idempotency_keys: () => ({ body_hash: hash(), reply: "{}" }),
  alerts: () => ({ threshold: 1, fired_at_ms: ago(400) }),
  sessions: () => ({ hash: hash() }),
  sign_in_links: () => ({ hash: hash() }),
};

it.each(tables)("removes of $table what is due, and nothing beside it", async ({ table, goes, stays }) => {
  const { pool } = server.services;
  const rows = [...goes, ...stays].map((row) => ({ project_id: project, ...needed[table]?.(), ...row }));
  for (const row of rows) await pool`insert into ${pool(table)} ${pool(row)}`;
  const left = async () => {
    const found = await Promise.all(
      rows.map((row) => {
        const named = Object.entries(row).filter(([name, value]) => !name.endsWith("_at") && !Buffer.isBuffer(value));
        return pool`select from ${pool(table)} t where to_jsonb(t) @> ${JSON.stringify(Object.fromEntries(named))}::text::jsonb`;
      }),
    );
    return found.map(({ length }) => length);
  };
  await pool`insert into webhook_cursors (project_id, feed_seq) values (${project}, 5) on conflict do nothing`;
  await pool`
    insert into budgets (project_id, id, name, scope, unit, amount, "window", thresholds, created_at_ms)
    values (${project}, ${budget}, 'b', 'agent', 'tokens', 1, 'total', '{50}', 0) on conflict do nothing`;
  if (table === "alert_log") {
    const ended = { project_id: project, ...needed.alerts?.(), ...fired, id: alert, ended_at_ms: ago(90) - 1 };
    await pool`insert into alerts ${pool(ended)}`;
  }
  expect(await left()).toEqual(rows.map(() => 1));
  await applyRetention(pool, nowMs);
  expect(await left()).toEqual([...goes.map(() => 0), ...stays.map(() => 1)]);
});
