import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BudgetPreview } from "@/lib/core/budgets/preview";
import { otherProjectKey } from "@/test/other-project";
import { startTestServer, type TestServer } from "@/test/server";

const dayMs = 86_400_000;
const now = new Date();
const today = Math.floor(now.getTime() / dayMs) * dayMs;
const daysAgo = (days: number) => today - days * dayMs;
const inMonth = (monthsAgo: number, day: number) => Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monthsAgo, day);
const iso = (ms: number) => new Date(ms).toISOString();

type Spent = { readonly run: string; readonly seq?: number; readonly agent: string; readonly tokens: number; readonly cost?: number };

const spent = ({ run, seq = 2, agent, tokens, cost }: Spent) => ({
  ...{ workflow_id: run, type: "LLM_OUTPUT", seq, agent_id: agent },
  payload: { model: "gpt-5", total_tokens: tokens, ...(cost === undefined ? {} : { cost_usd: cost }) },
});
const begun = (run: string, session: string) => ({
  ...{ workflow_id: run, type: "WORKFLOW_STARTED", seq: 1, agent_id: "writer", payload: { query: "q", session_id: session } },
});

let server: TestServer;

/** As if this had come on that day. Days are told in their order: what came before today is no longer there to be moved. */
async function spend(dayStartMs: number, ...events: readonly object[]): Promise<void> {
  const { pool } = server.services;
  expect((await server.send("/events", events)).status).toBe(200);
  for (const table of ["usage_rollups", "usage_sessions"])
    await pool`update ${pool(table)} set start = ${iso(dayStartMs)} where grain = 'day' and start >= ${iso(today)}`;
}

beforeAll(async () => {
  server = await startTestServer();
  // Outside of 30 days whatever the day is.
  await spend(inMonth(3, 1), spent({ run: "r-5", agent: "monthly", tokens: 1_000 }));
  for (const day of [1, 2, 3]) await spend(inMonth(2, day), spent({ run: "r-5", seq: day + 2, agent: "monthly", tokens: 300 }));
  await spend(
    daysAgo(2),
    begun("r-1", "long"),
    spent({ run: "r-1", agent: "writer", tokens: 600, cost: 2 }),
    spent({ run: "r-2", agent: "reader", tokens: 300 }),
  );
  const twice = [2, 3].map((seq) => spent({ run: "r-3", seq, agent: "writer", tokens: 500 }));
  await spend(daysAgo(1), begun("r-3", "long"), ...twice);
  await spend(today, begun("r-4", "short"), spent({ run: "r-4", agent: "writer", tokens: 400 }));
});
afterAll(() => server.stop());

const asked = (wanted: object, headers?: Record<string, string>) =>
  server.send("/api/budgets/preview", { name: "P", scope: "project", unit: "tokens", amount: 1_000, ...wanted }, headers);

async function preview(wanted: object): Promise<BudgetPreview> {
  const reply = await asked(wanted);
  expect(reply.status, await reply.clone().text()).toBe(200);
  return (await reply.json()) as BudgetPreview;
}

const firedOf = ({ thresholds }: BudgetPreview) => Object.fromEntries(thresholds.map(({ threshold, fired }) => [threshold, fired]));
const timesOf = ({ times }: BudgetPreview) => times.map(({ threshold, at, about }) => [threshold, at, about]);

describe("the look back of a budget", () => {
  it("counts each threshold once for each day, and for each agent on its own", async () => {
    // The project spent 900, 1,000 and 400.
    const project = await preview({ window: "day" });
    expect(firedOf(project)).toEqual({ 50: 2, 80: 2, 100: 1 });
    expect(project.fired).toBe(5);
    const [before, last] = [iso(daysAgo(2)), iso(daysAgo(1))];
    expect(timesOf(project)).toEqual([
      [100, last, null],
      [80, last, null],
      [50, last, null],
      [80, before, null],
      [50, before, null],
    ]);
    expect(project.from).toBe(iso(daysAgo(29)));
    // The writer spent 600, 1,000 and 400, the reader 300.
    expect(firedOf(await preview({ scope: "agent", window: "day" }))).toEqual({ 50: 2, 80: 1, 100: 1 });
    expect(timesOf(await preview({ scope: "agent", target: "reader", amount: 375, window: "day" }))).toEqual([
      [80, before, "reader"],
      [50, before, "reader"],
    ]);
  });

  it("adds the days of a month up, and those of a budget without an end from the beginning of the time", async () => {
    const monthly = await preview({ scope: "agent", target: "monthly", window: "month" });
    expect(firedOf(monthly)).toEqual({ 50: 2, 80: 2, 100: 1 });
    const first = iso(inMonth(3, 1));
    expect(timesOf(monthly)).toEqual([
      [80, iso(inMonth(2, 3)), "monthly"],
      [50, iso(inMonth(2, 2)), "monthly"],
      ...[100, 80, 50].map((threshold) => [threshold, first, "monthly"]),
    ]);
    // Nothing is stored of the nine months before.
    expect(monthly.from).toBe(first);
    // The writer had spent 600, then 1,600, then 2,000.
    expect(timesOf(await preview({ scope: "agent", window: "total" }))).toEqual([
      [100, iso(daysAgo(1)), "writer"],
      [80, iso(daysAgo(1)), "writer"],
      [50, iso(daysAgo(2)), "writer"],
    ]);
  });

  it("counts the sessions and the runs that would have crossed it, those without a session in none", async () => {
    // Of the sessions, long spent 1,600 and short 400.
    expect(firedOf(await preview({ scope: "session", amount: 500 }))).toEqual({ 50: 2, 80: 2, 100: 1 });
    expect(firedOf(await preview({ scope: "session", target: "short", amount: 500 }))).toEqual({ 50: 1, 80: 1, 100: 0 });
    // The runs spent 600, 300, 1,000, 400 and 1,900.
    expect(firedOf(await preview({ scope: "run", thresholds: [100, 50, 30, 50] }))).toEqual({ 30: 5, 50: 3, 100: 2 });
  });

  it("counts money as it counts tokens", async () => {
    const dollars = { unit: "dollars", amount: 2_500_000_000 };
    expect(timesOf(await preview({ ...dollars, window: "day" }))).toEqual([
      [80, iso(daysAgo(2)), null],
      [50, iso(daysAgo(2)), null],
    ]);
    expect(firedOf(await preview({ ...dollars, scope: "run" }))).toEqual({ 50: 1, 80: 1, 100: 0 });
  });

  it("is of one project alone, takes what making a budget takes, and makes none", async () => {
    const key = await otherProjectKey(server, ["read"]);
    const other = await asked({ window: "day" }, { authorization: `Bearer ${key}` });
    expect((await other.json()) as BudgetPreview).toMatchObject({ fired: 0, times: [] });
    const refused = await asked({ scope: "run", window: "day" });
    expect([refused.status, await refused.json()]).toMatchObject([400, { error: { code: "invalid_request", path: "window" } }]);
    expect(await (await server.fetch("/api/budgets")).json()).toMatchObject({ budgets: [] });
  });
});
