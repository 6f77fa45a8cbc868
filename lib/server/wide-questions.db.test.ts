import { afterAll, beforeAll, expect, it } from "vitest";
import { openPool, type Pool } from "@/db/client";
import { startTestServer, type TestServer } from "@/test/server";
import { mostWaiting, WideQuestions } from "./wide-questions";

let server: TestServer;
let other: Pool;
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false, repricer: false });
  other = openPool(server.services.connection, { max: 2, name: "other" });
});
afterAll(async () => {
  await other.end();
  await server.stop();
});

function hold() {
  let letGo = () => {};
  const over = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return { over, letGo };
}

const rule = { name: "any", kind: "budget-crossed", alert: 100, channels: [] };
const wide = {
  list: () => server.fetch("/api/v1/events"),
  replay: () => server.send("/api/v1/events/replay", { webhook_url: "http://127.0.0.1:9/hook" }),
  preview: () => server.send("/api/alerts/rules/preview", rule),
};

it("pages are answered while ten questions that look through a whole project take long", async () => {
  const { over, letGo } = hold();
  const asked: Promise<Response>[] = [];
  const lock = other.begin(async (tx) => {
    await tx`lock table events, budget_crossings in access exclusive mode`;
    asked.push(...Array.from({ length: 10 }, (_, n) => [wide.list, wide.replay, wide.preview][n % 3]?.() as Promise<Response>));
    await over;
  });
  try {
    const held = async () => {
      const wide = "join events e on e.project_id = r.project_id and e.run_id = r.id|max[(]c.threshold[)]";
      const rows = await other`
        select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ~ ${wide}`;
      return rows.length;
    };
    await expect.poll(held).toBe(2);
    for (let round = 0; round < 20; round += 1)
      for (const path of ["/api/runs", "/api/approvals"]) expect((await server.fetch(path)).status).toBe(200);
    // A session's own agent hears of decisions by its list, and waits for the log alone.
    asked.push(server.fetch("/api/v1/events?session_id=s-1"));
    await expect.poll(held).toBe(3);
  } finally {
    letGo();
    await lock;
  }
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  expect(statuses).toEqual([...Array.from({ length: 10 }, (_, n) => (n % 3 === 1 ? 202 : 200)), 200]);
});

it("a question that takes too long is refused with what to ask instead, and leaves a connection that takes as long as it needs", async () => {
  const pool = openPool(server.services.connection, { max: 1, name: "wide" });
  try {
    const questions = new WideQuestions({ pool, statementMs: 50 });
    const refused = {
      code: "too_large",
      hint: "Ask for less.",
      message: "Scanning the whole project took longer than 0.05 seconds.",
    };
    await expect(questions.ask((tx) => tx`select pg_sleep(600)`, "Ask for less.")).rejects.toMatchObject(refused);
    expect(await pool`select current_setting('statement_timeout') as left`).toEqual([{ left: "0" }]);
    expect(await questions.ask(async (tx) => (await tx`select 1 as n`)[0]?.n, "")).toBe(1);
  } finally {
    await pool.end();
  }
});

it("what would wait behind too many is told to come again", async () => {
  const questions = new WideQuestions({ pool: server.services.pool });
  const { over, letGo } = hold();
  const asked = Array.from({ length: 2 + mostWaiting }, () => questions.ask(() => over, ""));
  await expect(questions.ask(async () => {}, "")).rejects.toMatchObject({ code: "overloaded", retryAfterSeconds: 5 });
  letGo();
  await Promise.all(asked);
  await questions.ask(async () => {}, "");
});
