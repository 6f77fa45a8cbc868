import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import type { RunControl } from "@/lib/core/api/control";
import type { EventPage } from "@/lib/core/api/event";
import type { RunSummary } from "@/lib/core/api/run";
import type { Budget, BudgetList } from "@/lib/core/budgets/budget";
import { readStream } from "@/test/read-stream";
import { startTestServer, type TestServer } from "@/test/server";
import { actOnCrossings } from "./act-on-crossings";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const made: string[] = [];
afterEach(async () => {
  for (const id of made.splice(0)) await server.fetch(`/api/budgets/${id}`, { method: "DELETE" });
});

async function budget(wanted: object): Promise<Budget> {
  const reply = await server.send("/api/budgets", { name: "B", scope: "project", unit: "tokens", amount: 1_000, ...wanted });
  expect(reply.status, await reply.clone().text()).toBe(201);
  const created = (await reply.json()) as Budget;
  made.push(created.id);
  return created;
}

async function listed(id: string): Promise<BudgetList["budgets"][number]> {
  const { budgets } = (await (await server.fetch("/api/budgets")).json()) as BudgetList;
  return budgets.find((each) => each.id === id) as BudgetList["budgets"][number];
}

const page = async (run: string) => (await (await server.fetch(`/api/runs/${run}/events?raw=1&limit=1000`)).json()) as EventPage;
const crossingsIn = async (run: string) => (await page(run)).events.filter((event) => event.type === "budget.crossed");

function spent(run: string, seq: number, tokens: number, more: { agent?: string; cost?: number } = {}) {
  return {
    ...{ workflow_id: run, type: "LLM_OUTPUT", seq, agent_id: more.agent ?? "writer", timestamp: new Date().toISOString() },
    payload: { model: "gpt-5", total_tokens: tokens, ...(more.cost === undefined ? {} : { cost_usd: more.cost }) },
  };
}

describe("a crossed budget", () => {
  it("is an event of the run in its own dialect, committed with the event that crosses and readable with its answer", async () => {
    const { id } = await budget({ scope: "run", name: "Each run" });
    await server.send("/events", [spent("b-one", 1, 300), spent("b-one", 2, 150)]);
    expect(await crossingsIn("b-one")).toEqual([]);
    await server.send("/events", [spent("b-one", 3, 60), spent("b-one", 4, 1), spent("b-one", 5, 400)]);
    const { events, lastSeq } = await page("b-one");
    expect(events.map((event) => event.seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(lastSeq).toBe(7);
    expect(events.slice(5).map((event) => event.raw)).toMatchObject([
      {
        type: "BUDGET_THRESHOLD",
        workflow_id: "b-one",
        agent_id: "budget-manager",
        payload: { threshold_percent: 50, tokens_used: 510, tokens_budget: 1_000, crossed_at_seq: 3 },
      },
      {
        type: "BUDGET_THRESHOLD",
        payload: { threshold_percent: 80, tokens_used: 911, usage_percent: 91.1, level: "warning", crossed_at_seq: 5 },
      },
    ]);
    expect((await listed(id)).crossings.map(({ threshold, seq, run }) => [threshold, seq, run?.name])).toEqual([
      [80, 5, "writer"],
      [50, 3, "writer"],
    ]);
    const run = (await (await server.fetch("/api/runs/b-one")).json()) as RunSummary;
    expect(run.budget).toEqual({ usedPercent: 91.1, thresholdPercent: 80 });
    expect(run.lastSeq).toBe(7);
  });

  it("was crossed when it was counted, and not when the batch that crossed it began to wait for its turn", async () => {
    const { pool } = server.services;
    const { id } = await budget({ thresholds: [80] });
    await server.send("/events", spent("b-turn", 1, 100));
    const { sending, turnMs } = await pool.begin(async (tx) => {
      await tx`select from budget_counts where project_id = ${defaultProjectId} for update`;
      const [own] = await tx`select pg_backend_pid() as pid`;
      const waits = async () => {
        const [row] = await pool`select count(*)::int as n from pg_stat_activity where ${own?.pid}::int = any(pg_blocking_pids(pid))`;
        return row?.n;
      };
      const first = server.send("/events", spent("b-turn", 2, 700));
      await expect.poll(waits).toBe(1);
      // The clock may stand still for a millisecond.
      const beganMs = Date.now();
      await expect.poll(() => Date.now()).toBeGreaterThan(beganMs);
      return { sending: first, turnMs: Date.now() };
    });
    expect((await sending).status).toBe(200);
    const [crossing] = (await listed(id)).crossings;
    expect(Date.parse(crossing?.at ?? "")).toBeGreaterThanOrEqual(turnMs);
    const [event] = await crossingsIn("b-turn");
    expect(Date.parse(event?.occurredAt ?? "")).toBeGreaterThanOrEqual(turnMs);
  });

  it("reaches Shannon's own readers as BUDGET_THRESHOLD, live, and the log goes on without a hole", async () => {
    await budget({ scope: "run", thresholds: [100] });
    await server.send("/events", spent("b-live", 1, 999));
    const reader = await readStream(server.fetch, "/api/v1/stream/sse?workflow_id=b-live");
    await server.send("/events", spent("b-live", 2, 1));
    await server.send("/events", spent("b-live", 3, 1));
    const text = await reader.until('"crossed_at_seq":2');
    expect(text).toContain("event: BUDGET_THRESHOLD");
    reader.close();
    expect((await page("b-live")).events.map(({ seq, type }) => [seq, type])).toEqual([
      [1, "model.completed"],
      [2, "model.completed"],
      [3, "budget.crossed"],
      [4, "model.completed"],
    ]);
  });

  it("is crossed once although a hundred writers of forty runs push the project over it at once", async () => {
    const { id } = await budget({ name: "Storm", amount: 20_000 });
    const sending = Array.from({ length: 100 }, (_, n) =>
      server.send(
        "/events",
        Array.from({ length: 5 }, (_, k) => spent(`storm-${n % 40}`, n * 5 + k + 1, 50)),
      ),
    );
    for (const reply of await Promise.all(sending)) expect(reply.status).toBe(200);
    const { uses, crossings } = await listed(id);
    expect(uses).toEqual([{ key: "", since: null, spent: 25_000 }]);
    expect(crossings.map(({ threshold }) => threshold)).toEqual([100, 80, 50]);
    const all = (await Promise.all(Array.from({ length: 40 }, (_, n) => crossingsIn(`storm-${n}`)))).flat();
    expect(all.map((event) => (event.budget as { thresholdPercent?: number } | undefined)?.thresholdPercent).sort()).toEqual([100, 50, 80]);
    for (const { threshold, spent: after } of crossings) {
      expect(after).toBeGreaterThanOrEqual(200 * threshold);
      expect(after).toBeLessThan(200 * threshold + 50);
    }
  });

  it("is not moved by events that are sent again", async () => {
    const { id } = await budget({ amount: 100, thresholds: [50] });
    const batch = [spent("b-again", 1, 30), spent("b-again", 2, 30)];
    for (let n = 0; n < 3; n += 1) await server.send("/events", batch);
    expect((await listed(id)).uses).toEqual([{ key: "", since: null, spent: 60 }]);
    expect(await crossingsIn("b-again")).toHaveLength(1);
  });

  it("counts money in nano-dollars, reported and estimated, for one agent, for the day", async () => {
    const { id } = await budget({
      scope: "agent",
      target: "dear",
      unit: "dollars",
      amount: 1_000_000_000,
      window: "day",
      thresholds: [100],
    });
    await server.send("/events", [
      spent("b-agent", 1, 10, { agent: "cheap", cost: 5 }),
      spent("b-agent", 2, 10, { agent: "dear", cost: 0.999999999 }),
    ]);
    expect(await crossingsIn("b-agent")).toEqual([]);
    await server.send("/events", spent("b-agent-2", 1, 10, { agent: "dear", cost: 0.000000001 }));
    const [crossing, ...others] = await crossingsIn("b-agent-2");
    expect(others).toEqual([]);
    expect(crossing?.raw).toMatchObject({
      payload: { cost_used_nanos: 1_000_000_000, cost_budget_nanos: 1_000_000_000, level: "exceeded" },
    });
    expect((await listed(id)).uses).toEqual([
      { key: "dear", since: `${new Date().toISOString().slice(0, 10)}T00:00:00.000Z`, spent: 1_000_000_000 },
    ]);
    // A budget for more than this run is not shown as how much of its own the run has used.
    expect(((await (await server.fetch("/api/runs/b-agent-2")).json()) as RunSummary).budget).toBeUndefined();
  });

  it("is written into runs of the other systems too", async () => {
    await budget({ scope: "run", amount: 100, thresholds: [100] });
    await server.send("/api/ingest/powabase?run=b-powabase", [
      { event: "start", run_id: "b-powabase", agent_id: "a" },
      { event: "complete", run_id: "b-powabase", status: "completed", usage: { input_tokens: 90, output_tokens: 30, total_tokens: 120 } },
    ]);
    const [crossing] = await crossingsIn("b-powabase");
    expect(crossing?.raw).toMatchObject({ event: "budget.crossed", type: "budget.crossed", tokens_used: 120, threshold_percent: 100 });
    expect(((await (await server.fetch("/api/runs/b-powabase")).json()) as RunSummary).status).toBe("succeeded");
  });
});

describe("a budget", () => {
  it("survives names that the database cannot hold as they are", async () => {
    const { id } = await budget({ scope: "agent", amount: 100, thresholds: [100] });
    const agent = `${"a".repeat(199)}\u{1f6f0}`;
    expect((await server.send("/events", spent("b-emoji", 1, 100, { agent }))).status).toBe(200);
    expect((await listed(id)).uses).toHaveLength(1);
    expect(await crossingsIn("b-emoji")).toHaveLength(1);
  });

  it("ends with its counts when it is deleted, and is then unknown", async () => {
    const { id } = await budget({ scope: "run", amount: 10 });
    expect((await server.fetch(`/api/budgets/${id}`, { method: "DELETE" })).status).toBe(204);
    expect((await server.fetch(`/api/budgets/${id}`, { method: "DELETE" })).status).toBe(404);
    await server.send("/events", spent("b-gone", 1, 100));
    expect(await crossingsIn("b-gone")).toEqual([]);
  });

  it.each<[object, string]>([
    [{ amount: 0 }, "amount"],
    [{ amount: 1.5 }, "amount"],
    [{ scope: "team" }, "scope"],
    [{ name: " " }, "name"],
    [{ thresholds: [] }, "thresholds"],
    [{ target: "x" }, "target"],
    [{ scope: "run", window: "day" }, "window"],
  ])("refuses %j and names the field", async (wanted, path) => {
    const reply = await server.send("/api/budgets", { name: "B", scope: "project", unit: "tokens", amount: 1_000, ...wanted });
    expect(reply.status).toBe(400);
    expect(((await reply.json()) as { error: { path: string } }).error.path).toBe(path);
  });
});

describe("what a crossed budget asks for", () => {
  const begun = (run: string) => ({ workflow_id: run, type: "WORKFLOW_STARTED", seq: 1, agent_id: "writer", payload: { query: "q" } });

  it("is left to the process that is asking it, so that nobody asks behind a person who let the run go on", async () => {
    const { pool } = server.services;
    const { id } = await budget({ scope: "project", name: "Once", thresholds: [100], action: "notify" });
    await server.send("/events", [begun("act-once"), spent("act-once", 2, 1_100)]);
    const stream = await server.fetch("/api/v1/stream/sse?workflow_id=act-once");
    const latest = async () => ((await (await server.fetch("/api/runs/act-once/control")).json()) as RunControl).latest;
    await pool.begin(async (other) => {
      await other`select from budget_crossings where budget_id = ${id} for update`;
      await pool`update budgets set action = 'pause', action_at = 100 where id = ${id}`;
      expect(await actOnCrossings()).toBe(0);
      expect(await latest()).toBeNull();
    });
    await expect.poll(async () => (await latest())?.action).toBe("pause");
    await stream.body?.cancel();
  });

  it("is asked once of each run under way that it counts, in its name, and says how many", async () => {
    const { id } = await budget({ scope: "project", name: "Stop", thresholds: [50, 100], action: "pause", actionAt: 100 });
    for (const run of ["act-1", "act-2"]) await server.send("/events", begun(run));
    // An agent that listens can be asked.
    const streams = await Promise.all(["act-1", "act-2"].map((run) => server.fetch(`/api/v1/stream/sse?workflow_id=${run}`)));
    await server.send("/events", spent("act-1", 2, 600));
    await actOnCrossings();
    expect((await listed(id)).crossings).toMatchObject([{ threshold: 50, acted: null }]);
    await server.send("/events", spent("act-1", 3, 500));
    await actOnCrossings();
    await actOnCrossings();
    // The server's own clock may hold the crossing, and is waited for.
    await expect.poll(async () => (await listed(id)).crossings[0]).toMatchObject({ threshold: 100, acted: expect.anything() });
    const [crossing] = (await listed(id)).crossings;
    expect(crossing?.acted?.asked).toBeGreaterThanOrEqual(2);
    for (const run of ["act-1", "act-2"]) {
      const { events } = await page(run);
      expect(events.filter((event) => event.type === "run.pausing").length, run).toBe(1);
      const state = await (await server.fetch(`/api/runs/${run}/control`)).text();
      expect(state).toContain("budget Stop");
    }
    for (const stream of streams) await stream.body?.cancel();
  });

  it("is refused without a threshold to ask at", async () => {
    const reply = await server.send("/api/budgets", {
      name: "B",
      scope: "project",
      unit: "tokens",
      amount: 1,
      thresholds: [50],
      action: "pause",
    });
    expect(reply.status).toBe(400);
    expect(((await reply.json()) as { error: { path: string } }).error.path).toBe("actionAt");
  });

  it("is told with what may be overshot: each agent at work times the most expensive call of the last hour", async () => {
    const { id } = await budget({ scope: "session", target: "deep", unit: "dollars", amount: 1_000_000_000 });
    const start = { ...begun("over-1"), payload: { query: "q", session_id: "deep" } };
    await server.send("/events", [start, spent("over-1", 2, 10, { cost: 0.25 }), spent("over-1", 3, 10, { cost: 40, agent: "reviewer" })]);
    expect((await listed(id)).overshoot).toEqual({ amount: 2 * 40e9, runs: 1, agents: 2, call: 40e9, more: 0 });
    // 10 million tokens of gpt-5's output cost $100.
    const prompt = {
      workflow_id: "over-1",
      type: "LLM_PROMPT",
      seq: 4,
      agent_id: "writer",
      payload: { model: "gpt-5", max_tokens: 10_000_000 },
    };
    await server.send("/events", [
      prompt,
      ...Array.from({ length: 130 }, (_, n) => ({ workflow_id: "over-1", type: "PROGRESS", seq: 5 + n })),
    ]);
    expect((await listed(id)).overshoot).toEqual({ amount: 40e9 + 100e9, runs: 1, agents: 2, call: 40e9, more: 60e9 });
    await server.send("/events", [
      { ...spent("over-1", 135, 10, { cost: 0.5 }) },
      ...Array.from({ length: 130 }, (_, n) => ({ workflow_id: "over-1", type: "PROGRESS", seq: 136 + n })),
    ]);
    expect((await listed(id)).overshoot).toMatchObject({ amount: 2 * 40e9, more: 0 });
    await server.send("/events", { workflow_id: "over-1", type: "WORKFLOW_COMPLETED", seq: 300, payload: {} });
    expect((await listed(id)).overshoot).toBeNull();
  });

  it("stands beside what agents tell of budgets of their own, which are never taken for ours", async () => {
    const warned = {
      type: "BUDGET_THRESHOLD",
      agent_id: "budget-manager",
      payload: { usage_percent: 85.2, threshold_percent: 80, tokens_used: 85_200, tokens_budget: 100_000 },
    };
    await server.send("/events", [begun("own-budget"), { workflow_id: "own-budget", seq: 2, ...warned }]);
    await budget({ scope: "run", thresholds: [50] });
    await server.send("/events", [begun("our-budget"), spent("our-budget", 2, 600)]);
    const { reported } = (await (await server.fetch("/api/budgets")).json()) as BudgetList;
    expect(reported).toEqual([
      { run: { id: expect.any(String), name: "q" }, usedPercent: 85.2, thresholdPercent: 80, tokensUsed: 85_200, tokensBudget: 100_000 },
    ]);
  });
});

describe("figures that no count can hold", () => {
  // An agent that reports nano-dollars as dollars. Its sums once left bigint, and then every event in the same place was refused.
  it("are counted up to the largest that is exact, and refuse nobody's events", async () => {
    const { id } = await budget({ name: "Everything", unit: "dollars", amount: 900_000_000_000_000 });
    const model = { model: "gpt-5", total_tokens: Number.MAX_SAFE_INTEGER, input_tokens: Number.MAX_SAFE_INTEGER, cost_usd: 9_007_199 };
    const batch = Array.from({ length: 1_100 }, (_, n) => ({
      ...{ workflow_id: `b-absurd-${n}`, type: "LLM_OUTPUT", seq: 2, agent_id: "absurd" },
      payload: model,
    }));
    for (const more of [1, 2]) {
      const reply = await server.send(`/events?source=absurd-${more}`, batch);
      expect(await reply.json()).toMatchObject({ accepted: 1_100, rejected: [] });
    }
    expect((await server.send("/events", [spent("b-honest", 1, 5, { agent: "absurd", cost: 0.01 })])).status).toBe(200);
    const most = { uses: [{ spent: Number.MAX_SAFE_INTEGER }] };
    expect(await listed(id)).toMatchObject(most);
    expect(await (await server.fetch("/api/runs/counts")).json()).toMatchObject({ costToday: { reportedNanos: Number.MAX_SAFE_INTEGER } });
    for (const groupBy of ["agent", "model", "session"]) {
      const costs = (await (await server.fetch(`/api/costs?groupBy=${groupBy}`)).json()) as { totals: { tokens: number } };
      expect(costs.totals.tokens).toBe(Number.MAX_SAFE_INTEGER);
    }
    expect((await server.fetch("/api/sessions")).status).toBe(200);
  });
});
