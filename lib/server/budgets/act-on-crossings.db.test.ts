import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunControl } from "@/lib/core/api/control";
import type { EventPage } from "@/lib/core/api/event";
import type { Budget, BudgetList } from "@/lib/core/budgets/budget";
import { startTestServer, type TestServer } from "@/test/server";
import { applyRetention } from "../retention/apply-retention";
import { actOnCrossings } from "./act-on-crossings";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** The server looks twice a second; a machine that is busy otherwise may take its time. */
const soon = { timeout: 60_000 };
const word = () => randomUUID().slice(0, 8);

/** Of an agent that nothing else here has. */
async function budget(agent: string, wanted: object = {}): Promise<string> {
  const rule = { name: `of ${agent}`, scope: "agent", target: agent, unit: "tokens", amount: 1_000, thresholds: [100], action: "pause" };
  return ((await (await server.send("/api/budgets", { ...rule, ...wanted })).json()) as Budget).id;
}

async function crossingOf(id: string): Promise<BudgetList["budgets"][number]["crossings"][number] | undefined> {
  const { budgets } = (await (await server.fetch("/api/budgets")).json()) as BudgetList;
  return budgets.find((each) => each.id === id)?.crossings[0];
}

const begun = (run: string, agent: string, more: object = {}) => ({
  ...{ workflow_id: run, type: "WORKFLOW_STARTED", seq: 1, agent_id: agent, timestamp: new Date().toISOString() },
  payload: { query: "q", ...more },
});
const spent = (run: string, agent: string, tokens: number, seq = 2) => ({
  ...{ workflow_id: run, type: "LLM_OUTPUT", seq, agent_id: agent, timestamp: new Date().toISOString() },
  payload: { model: "gpt-5", total_tokens: tokens },
});
const send = async (...events: object[]) => expect((await server.send("/events", events)).status).toBe(200);
const control = async (run: string) => (await (await server.fetch(`/api/runs/${run}/control`)).json()) as RunControl;
const asks = async (run: string) =>
  ((await (await server.fetch(`/api/runs/${run}/events?limit=100`)).json()) as EventPage).events.filter(
    ({ type }) => type === "run.pausing",
  );
const asked = (run: string) => expect.poll(async () => (await asks(run)).length, soon);
const acted = (id: string) => expect.poll(async () => (await crossingOf(id))?.acted, soon);

describe("a budget that is spent", () => {
  it("asks also the runs that begin after it was crossed, each once, and counts them", async () => {
    const agent = word();
    const id = await budget(agent);
    const [first, later, other] = [word(), word(), word()] as [string, string, string];
    await send(begun(first, agent), spent(first, agent, 1_100));
    await asked(first).toBe(1);
    await send(begun(later, agent), begun(other, word()));
    await asked(later).toBe(1);
    expect(await control(later)).toMatchObject({ latest: { action: "pause", requestedBy: `budget of ${agent}` } });
    await acted(id).toMatchObject({ asked: 2, refused: 0 });
    // A person who lets one go on is not overruled, whatever begins behind it.
    expect((await server.send(`/api/runs/${later}/resume`, {})).status).toBe(202);
    const last = word();
    await send(begun(last, agent));
    await asked(last).toBe(1);
    expect((await asks(later)).length).toBe(1);
    expect((await control(later)).latest).toMatchObject({ action: "resume" });
    expect((await asks(other)).length).toBe(0);
  });

  it("of a session asks the runs that join it", async () => {
    const [session, agent, first, later] = [word(), word(), word(), word()] as [string, string, string, string];
    await budget(agent, { scope: "session", target: session });
    await send(begun(first, agent, { session_id: session }), spent(first, agent, 1_000));
    await send(begun(later, agent, { session_id: session }), begun(`${later}-apart`, agent, { session_id: word() }));
    await asked(first).toBe(1);
    await asked(later).toBe(1);
    expect((await asks(`${later}-apart`)).length).toBe(0);
  });

  it("asks a run whose agent could not be told as soon as it listens", async () => {
    const agent = word();
    const id = await budget(agent, { action: "cancel" });
    const [first, deaf] = [word(), word()] as [string, string];
    await send(begun(first, agent), spent(first, agent, 1_000));
    await acted(id).toMatchObject({ asked: 1 });
    await server.send("/api/ingest", {
      event_type: "run_start",
      sdk_run_id: deaf,
      agent_name: agent,
      payload: { framework: "x", input: {} },
    });
    await acted(id).toMatchObject({ asked: 1, refused: 1 });
    const told = (await (await server.fetch(`/api/runs/${deaf}/control?wait=25&after=0`)).json()) as RunControl;
    expect(told).toMatchObject({ desired: "cancelled", latest: { action: "cancel" } });
    await acted(id).toMatchObject({ asked: 2, refused: 0 });
  });

  it("lets what begins in the next window go on", async () => {
    const agent = word();
    const id = await budget(agent, { window: "day" });
    const first = word();
    await send(begun(first, agent), spent(first, agent, 1_000));
    await asked(first).toBe(1);
    const { pool } = server.services;
    await pool`update budget_crossings set window_ms = window_ms - 86400000 where budget_id = ${id}`;
    const [tomorrow, stopped, marker] = [word(), word(), word()] as [string, string, string];
    await send(begun(tomorrow, agent));
    // Whoever looks for the next one has looked for this one.
    await budget(stopped);
    await send(begun(marker, stopped), spent(marker, stopped, 1_000));
    await asked(marker).toBe(1);
    await send(begun(`${marker}-2`, stopped));
    await asked(`${marker}-2`).toBe(1);
    expect((await asks(tomorrow)).length).toBe(0);
  });

  it("asks however many are under way, the one that crossed it before all others, and after a stop in the middle only the rest", async () => {
    const agent = word();
    const runs = Array.from({ length: 230 }, (_, n) => `${agent}-${n}`);
    await send(...runs.map((run) => begun(run, agent)));
    const id = await budget(agent, { action: "notify" });
    const first = runs[17] as string;
    const { pool } = server.services;
    await send(spent(first, agent, 1_000));
    let looked = 0;
    await pool`update budgets set action = 'pause' where id = ${id}`;
    await actOnCrossings(() => ++looked > 120);
    await acted(id).toMatchObject({ asked: 230, refused: 0 });
    const rows = await pool`
      select r.external_id, c.requested_at_ms, count(*) over (partition by c.run_id)::int as times from control_requests c
      join runs r on r.project_id = c.project_id and r.id = c.run_id where r.agent = ${agent} order by c.requested_at_ms, c.id`;
    expect(rows.length).toBe(230);
    expect(new Set(rows.map((row) => row.times))).toEqual(new Set([1]));
    expect(rows.slice(0, 4).map((row) => row.external_id)).toContain(first);
  });

  it("asks its runs also where another budget's, and another of its own, cannot be asked; that one as soon as it can", async () => {
    const [agent, other] = [word(), word()];
    const [id, otherId] = [await budget(agent, { action: "notify" }), await budget(other, { action: "notify" })];
    const [broken, sound, apart] = [word(), word(), word()] as [string, string, string];
    await send(begun(broken, agent), begun(sound, agent), begun(apart, other));
    await send(spent(broken, agent, 1_100));
    await send(spent(apart, other, 1_100));
    const { pool } = server.services;
    const [row] = await pool`select id, state from runs where external_id = ${broken}`;
    await pool`update runs set state = '"broken"' where id = ${row?.id}`;
    await pool`update budgets set action = 'pause' where id in ${pool([id, otherId])}`;
    await asked(apart).toBe(1);
    await asked(sound).toBe(1);
    expect((await crossingOf(id))?.acted).toBeNull();
    await pool`update runs set state = ${JSON.stringify(row?.state)}::text::json where id = ${row?.id}`;
    await asked(broken).toBe(1);
    await acted(id).toMatchObject({ asked: 2, refused: 0 });
    expect((await asks(sound)).length).toBe(1);
  });

  it("is deleted while its crossing is acted on: nobody waits for the runs that are asked", async () => {
    const agent = word();
    const [run, ids] = [word(), await Promise.all(Array.from({ length: 12 }, () => budget(agent, { action: "notify" })))];
    await send(begun(run, agent), spent(run, agent, 1_100));
    const { pool } = server.services;
    const crossings = () => pool`select from budget_crossings where budget_id in ${pool(ids)}`;
    await pool.begin(async (tx) => {
      expect(await tx`select from budget_crossings where budget_id in ${tx(ids)} for update`).toHaveLength(12);
      const replies = await Promise.all(ids.map((id) => server.fetch(`/api/budgets/${id}`, { method: "DELETE" })));
      expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([204]));
    });
    const { budgets } = (await (await server.fetch("/api/budgets")).json()) as BudgetList;
    expect(budgets.filter(({ id }) => ids.includes(id))).toEqual([]);
    // What was held is removed with what else is due.
    expect(await crossings()).toHaveLength(12);
    await applyRetention(pool, Date.now());
    expect(await crossings()).toHaveLength(0);
  });
});
