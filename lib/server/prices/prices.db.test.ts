import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CostReport } from "@/lib/core/api/costs";
import type { RunSummary } from "@/lib/core/api/run";
import type { Price, PriceList } from "@/lib/core/prices/price";
import type { Repricing } from "@/lib/core/prices/repricing";
import { startTestServer, type TestServer } from "@/test/server";
import { Repricer } from "../jobs/repricer";
import { publicPricesVersion } from "./public-prices";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ repricer: false });
});
afterAll(() => server.stop());

const clock = { ms: Date.now() };
const at = new Date(clock.ms - 600_000);
const range = { from: new Date(clock.ms - 3_600_000).toISOString(), to: new Date(clock.ms + 3_600_000).toISOString() };
const context = () => ({ ...server.services, now: () => clock.ms });

const call = (run: string, seq: number, payload: object, more: object = {}) => ({
  ...{ workflow_id: run, type: "LLM_OUTPUT", seq, timestamp: at.toISOString(), agent_id: "writer", payload },
  ...more,
});
const read = async <T>(path: string) => (await (await server.fetch(path)).json()) as T;
const run = (id: string) => read<RunSummary>(`/api/runs/${id}`);

async function post<T>(path: string, body: object, status = 201): Promise<T> {
  const reply = await server.send(path, body);
  expect(reply.status, await reply.clone().text()).toBe(status);
  return (await reply.json()) as T;
}
const price = (body: object) => post<Price>("/api/prices", body);

async function reprice(body: object = {}): Promise<Repricing> {
  const { id } = await post<Repricing>("/api/repricings", { ...range, ...body }, 202);
  await new Repricer(context()).round();
  await post<Repricing>(`/api/repricings/${id}/apply`, {}, 202);
  await new Repricer(context()).round();
  return (await read<{ repricings: Repricing[] }>("/api/repricings")).repricings.find((one) => one.id === id) as Repricing;
}

/** Runs, minutes, hours and days say the same: what was counted twice, or not, shows here. */
async function expectSumsAgree(): Promise<void> {
  const { pool } = server.services;
  const [runs] = await pool`select sum(cost_nanos)::text as n from runs`;
  const [minutes] = await pool`select sum(reported_nanos + estimated_nanos)::text as n, sum(unpriced)::text as u from usage_buckets`;
  const rollups =
    await pool`select sum(reported_nanos + estimated_nanos)::text as n, sum(unpriced)::text as u from usage_rollups group by grain`;
  const { runs: listed } = await read<{ runs: RunSummary[] }>("/api/runs?limit=200");
  expect(String(listed.reduce((sum, one) => sum + one.cost.reportedNanos + one.cost.estimatedNanos, 0))).toBe(runs?.n);
  expect(String(listed.reduce((sum, one) => sum + one.cost.unpricedCalls, 0))).toBe(minutes?.u);
  expect(minutes?.n).toBe(runs?.n);
  expect(rollups.map((row) => [row.n, row.u])).toEqual([0, 1].map(() => [minutes?.n, minutes?.u]));
}

describe("a project's own prices", () => {
  it("estimate what is reported from then on, exactly, before the public ones, and leave reported money alone", async () => {
    await price({ model: "house-*", input: "2", output: "8.000000001", cachedRead: "0.25", reasoning: "12" });
    await price({ model: "gpt-5", input: "1", output: "4" });
    const usage = { input_tokens: 1_000, output_tokens: 50, cached_tokens: 400, reasoning_tokens: 20 };
    await server.send("/events", call("own", 1, { model: "house-7", provider: "openai", ...usage }));
    // 600 x 2,000 + 400 x 250 + 30 x 8,000.000001 + 20 x 12,000, by hand.
    expect((await run("own")).cost).toMatchObject({ estimatedNanos: 1_200_000 + 100_000 + 240_000 + 240_000, unpricedCalls: 0 });
    await server.send("/events", call("known", 1, { model: "gpt-5", input_tokens: 200, output_tokens: 150 }));
    expect((await run("known")).cost.estimatedNanos).toBe(200 * 1_000 + 150 * 4_000);
    await server.send("/events", call("told", 1, { model: "gpt-5", input_tokens: 200, output_tokens: 150, cost_usd: 0.5 }));
    expect((await run("told")).cost).toMatchObject({ reportedNanos: 500_000_000, estimatedNanos: 0 });
    await expectSumsAgree();
  });

  it("are listed with what each model is estimated by, and its source", async () => {
    await server.send("/events", [
      call("list", 1, { model: "gpt-4o-mini", input_tokens: 10, output_tokens: 10 }),
      call("list", 2, { model: "nobody-knows", input_tokens: 10, output_tokens: 10 }),
    ]);
    const { publicList, models, overrides } = await read<PriceList>("/api/prices");
    const byModel = Object.fromEntries(models.map((one) => [one.model, one]));
    expect(byModel["house-7"]?.price).toMatchObject({ source: "override", input: "2", output: "8.000000001", cachedRead: "0.25" });
    expect(byModel["gpt-4o-mini"]?.price).toMatchObject({ source: "genai-prices", input: "0.15", output: "0.6", cachedRead: "0.075" });
    expect(byModel["nobody-knows"]).toMatchObject({ price: { source: "unpriced", input: null }, figures: { unpriced: 1 } });
    expect(overrides.map((one) => [one.model, one.createdBy])).toEqual([
      ["gpt-5", "local owner"],
      ["house-*", "local owner"],
    ]);
    const { version } = JSON.parse(readFileSync("node_modules/@pydantic/genai-prices/package.json", "utf8")) as { version: string };
    expect(publicList).toEqual({ name: "genai-prices", version });
    expect(publicPricesVersion).toBe(version);
  });

  it.each([
    [{ model: "m", input: "1e3", output: "1" }, "input"],
    [{ model: "m", input: "1", output: "-1" }, "output"],
    [{ model: "m", input: "1" }, "output"],
    [{ model: " ", input: "1", output: "1" }, "model"],
    [{ model: "m", input: "1", output: "1", validFrom: "2026-02-30T00:00:00Z" }, "validFrom"],
    [{ model: "m", input: 1, output: "1" }, "input"],
  ])("are refused where they are none: %j", async (body, path) => {
    const reply = await server.send("/api/prices", body);
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ error: { code: "invalid_request", path } });
  });

  it("are for those who may administer the project alone", async () => {
    const key = await server.key("ingest", "read", "decide", "control");
    const headers = { authorization: `Bearer ${key}` };
    expect((await server.send("/api/prices", { model: "m", input: "1", output: "1" }, headers)).status).toBe(403);
    expect((await server.send("/api/repricings", range, headers)).status).toBe(403);
    expect((await server.fetch("/api/prices/00000000-0000-7000-8000-000000000000", { method: "DELETE" })).status).toBe(404);
  });
});

describe("pricing the past anew", () => {
  it("tells the difference first and changes nothing, then writes it: events, runs and sums alike, to the nano-dollar", async () => {
    await server.send("/events", [
      call("past", 1, { model: "late-price", input_tokens: 1_000, output_tokens: 100 }),
      call("past", 2, { model: "late-price", input_tokens: 10, output_tokens: 1, cost_usd: 0.25 }),
      call("past", 3, { model: "gpt-4o-mini", input_tokens: 100, output_tokens: 10 }, { agent_id: "reader" }),
    ]);
    const mini = 100 * 150 + 10 * 600;
    expect((await run("past")).cost).toMatchObject({ reportedNanos: 250_000_000, estimatedNanos: mini, unpricedCalls: 1 });
    await price({ model: "late-price", input: "3", output: "15" });
    const { id } = await post<Repricing>("/api/repricings", { ...range, model: "late-price" }, 202);
    expect((await server.send("/api/repricings", range)).status).toBe(409);
    await new Repricer(context()).round();
    const [counted] = (await read<{ repricings: Repricing[] }>("/api/repricings")).repricings;
    const after = mini + 1_000 * 3_000 + 100 * 15_000;
    expect(counted).toMatchObject({
      ...{ id, status: "counted", createdBy: "local owner", applied: null },
      counted: { runsChanged: 1, eventsChanged: 1, beforeNanos: mini, afterNanos: after, unpricedBefore: 1, unpricedAfter: 0 },
    });
    expect((await run("past")).cost.unpricedCalls).toBe(1);
    await post(`/api/repricings/${id}/apply`, {}, 202);
    await new Repricer(context()).round();
    const [applied] = (await read<{ repricings: Repricing[] }>("/api/repricings")).repricings;
    expect(applied).toMatchObject({ status: "applied", appliedBy: "local owner", applied: counted?.counted });
    expect((await run("past")).cost).toMatchObject({ reportedNanos: 250_000_000, estimatedNanos: after, unpricedCalls: 0 });
    const state = await read<{ state: { usage: { byModel: Record<string, { estimatedNanos: number }> } } }>("/api/runs/past/state");
    expect(state.state.usage.byModel["late-price"]?.estimatedNanos).toBe(after - mini);
    const costs = await read<CostReport>("/api/costs?groupBy=model");
    expect(costs.groups.find((group) => group.key === "late-price")?.figures).toMatchObject({ estimatedNanos: after - mini, unpriced: 0 });
    await expectSumsAgree();
    // Applied once: not again.
    expect((await server.send(`/api/repricings/${id}/apply`, {})).status).toBe(409);
    expect((await reprice({ model: "late-price" })).applied).toMatchObject({ runsChanged: 0, eventsChanged: 0 });
  });

  it("goes on where a killed worker was, and prices no run twice", async () => {
    for (let n = 0; n < 12; n++)
      await server.send("/events", call(`many-${n}`, 1, { model: "many", input_tokens: 100 + n, output_tokens: 10 }));
    await price({ model: "many", input: "1", output: "2" });
    const { id } = await post<Repricing>("/api/repricings", { ...range, model: "many" }, 202);
    await new Repricer(context()).round();
    await post(`/api/repricings/${id}/apply`, {}, 202);
    let begun = 0;
    const pool = new Proxy(server.services.pool, {
      get: (target, key) =>
        key !== "begin"
          ? Reflect.get(target, key)
          : (work: (tx: unknown) => Promise<unknown>) =>
              target.begin(async (tx) => {
                await work(tx);
                // Dies in the middle of a run, with everything of it written and nothing committed.
                if (++begun === 7 + (await runsBefore(id))) throw new Error("killed");
              }),
    });
    await expect(new Repricer({ ...context(), pool }).round()).rejects.toThrow("killed");
    expect(await new Repricer(context()).round()).toBe(false);
    clock.ms += 6_000;
    await new Repricer(context()).round();
    const done = (await read<{ repricings: Repricing[] }>("/api/repricings")).repricings.find((one) => one.id === id);
    expect(done).toMatchObject({ status: "applied", applied: { runsChanged: 12, eventsChanged: 12 } });
    for (let n = 0; n < 12; n++) expect((await run(`many-${n}`)).cost.estimatedNanos).toBe((100 + n) * 1_000 + 10 * 2_000);
    await expectSumsAgree();
  });

  it("agrees with what arrives meanwhile, also where the appender remembers the run as it was", async () => {
    await server.send("/events", call("busy", 1, { model: "busy-model", input_tokens: 10, output_tokens: 0 }));
    await price({ model: "busy-model", input: "1", output: "1" });
    const sending = (async () => {
      for (let seq = 2; seq <= 60; seq++)
        await server.send("/events", call("busy", seq, { model: "busy-model", input_tokens: 10, output_tokens: 0 }));
    })();
    const done = await reprice({ model: "busy-model" });
    await sending;
    expect(done.status).toBe("applied");
    await server.send("/events", call("busy", 61, { model: "busy-model", input_tokens: 10, output_tokens: 0 }));
    expect((await run("busy")).cost).toMatchObject({ estimatedNanos: 61 * 10_000, unpricedCalls: 0 });
    const { state } = await read<{ state: { usage: { calls: { estimatedNanos: number } } } }>("/api/runs/busy/state");
    expect(state.usage.calls.estimatedNanos).toBe(61 * 10_000);
    await expectSumsAgree();
  });

  it("stops when it is cancelled, leaves other times alone, and takes back a price that was deleted", async () => {
    const { id } = await post<Repricing>("/api/repricings", range, 202);
    expect(await (await server.fetch(`/api/repricings/${id}`, { method: "DELETE" })).json()).toMatchObject({ status: "cancelled" });
    expect((await server.send(`/api/repricings/${id}/apply`, {})).status).toBe(409);
    expect(await new Repricer(context()).round()).toBe(false);
    const busy = (await read<PriceList>("/api/prices")).overrides.find((one) => one.model === "busy-model");
    expect((await server.fetch(`/api/prices/${busy?.id}`, { method: "DELETE" })).status).toBe(204);
    const early = { from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z", model: "busy-model" };
    expect((await reprice(early)).applied).toMatchObject({ eventsChanged: 0 });
    expect((await reprice({ model: "busy-model" })).applied).toMatchObject({ eventsChanged: 61, unpricedAfter: 61, afterNanos: 0 });
    expect((await run("busy")).cost).toMatchObject({ estimatedNanos: 0, unpricedCalls: 61 });
    await expectSumsAgree();
  });
});

async function runsBefore(id: string): Promise<number> {
  const [row] = await server.services
    .pool`select count(*)::int as n from runs where external_id not like 'many-%' and id < (select min(id::text)::uuid from runs where external_id like 'many-%')`;
  return id === "" ? 0 : (row?.n as number);
}

it("a re-pricing that cannot be gone on with keeps no other from its end", async () => {
  const { pool } = server.services;
  const ids = await Promise.all(
    ["broken", "sound"].map(async (name, n) => {
      const project = randomUUID();
      await pool`insert into projects (id, name) values (${project}, ${name})`;
      const [row] = await pool`
        insert into repricings (project_id, id, from_ms, to_ms, prices, status, created_by, created_at_ms)
        values (${project}, gen_random_uuid(), 0, 1, ${n === 0 ? '"broken"' : "[]"}::text::json, 'counting', 'x', ${n}) returning id`;
      return row?.id as string;
    }),
  );
  const repricer = new Repricer(context());
  await expect(repricer.round()).rejects.toThrow();
  expect(await repricer.round()).toBe(true);
  const rows = await pool`select status from repricings where id in ${pool(ids)} order by created_at_ms`;
  expect(rows.map(({ status }) => status)).toEqual(["counting", "counted"]);
  await pool`delete from repricings where id in ${pool(ids)}`;
});
