import { readFileSync } from "node:fs";
import pino from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import type { EventPage } from "@/lib/core/api/event";
import type { Budget, BudgetList } from "@/lib/core/budgets/budget";
import { startTestServer, type TestServer } from "@/test/server";
import { Appender } from "../events/append/appender";
import { acceptEvent, isRejection } from "../ingest/accept-event";
import { type BudgetBook, budgetBook, readBudgetBook } from "./budget-book";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const made: string[] = [];
afterEach(async () => {
  for (const id of made.splice(0)) await server.fetch(`/api/budgets/${id}`, { method: "DELETE" });
});

async function budget(wanted: object): Promise<string> {
  const reply = await server.send("/api/budgets", { name: "B", scope: "project", unit: "tokens", amount: 1_000, ...wanted });
  expect(reply.status, await reply.clone().text()).toBe(201);
  const { id } = (await reply.json()) as Budget;
  made.push(id);
  return id;
}

async function listed(id: string) {
  const { budgets } = (await (await server.fetch("/api/budgets")).json()) as BudgetList;
  return budgets.find((each) => each.id === id) as BudgetList["budgets"][number];
}

const spentOf = async (id: string) => (await listed(id)).uses.map(({ key, spent }) => [key, spent]);

async function crossingsIn(run: string) {
  const { events } = (await (await server.fetch(`/api/runs/${run}/events?raw=1&limit=1000`)).json()) as EventPage;
  return events.filter((event) => event.type === "budget.crossed").map((event) => (event.raw as { payload: object }).payload);
}

const used = (run: string, seq: number, tokens: number, agent = "writer") => ({
  ...{ workflow_id: run, type: "LLM_OUTPUT", seq, agent_id: agent, timestamp: new Date().toISOString() },
  payload: { model: "gpt-5", total_tokens: tokens, cost_usd: tokens / 1_000 },
});

/** What another process is to the database, with what it knows of the budgets. */
function otherProcess(book: () => BudgetBook) {
  const { pool, now } = server.services;
  const appender = new Appender({
    pool,
    line: pool,
    now,
    log: pino({ level: "silent" }),
    budgets: async () => book(),
    committed: () => {},
  });
  return async (value: ReturnType<typeof used>) => {
    const [row] = await pool`select id, dialect, name from sources where project_id = ${defaultProjectId} and dialect = 'shannon'`;
    const event = acceptEvent(
      { dialect: "shannon", givenRun: null, lastRun: null, receivedAtMs: now(), redactor: null },
      { text: JSON.stringify(value), value },
    );
    if (isRejection(event)) throw new Error(event.message);
    await appender.append({ projectId: defaultProjectId, source: row as never, events: [event] });
  };
}

describe("budgets that count the same", () => {
  it("share a count, and each counts from where it was made", async () => {
    const first = await budget({});
    await server.send("/events", used("c-share", 1, 300));
    const second = await budget({ amount: 100, thresholds: [50, 100] });
    const dollars = await budget({ unit: "dollars", amount: 1_000_000_000 });
    expect(await spentOf(second)).toEqual([]);
    await server.send("/events", used("c-share", 2, 49));
    expect(await crossingsIn("c-share")).toEqual([]);
    await server.send("/events", used("c-share", 3, 1));
    expect(await crossingsIn("c-share")).toMatchObject([{ threshold_percent: 50, tokens_used: 50, crossed_at_seq: 3 }]);
    expect([await spentOf(first), await spentOf(second), await spentOf(dollars)]).toEqual([[["", 350]], [["", 50]], [["", 50_000_000]]]);
    const [row] = await server.services.pool`select count(*)::int as rows from budget_counts where project_id = ${defaultProjectId}`;
    expect(row?.rows).toBe(1);
  });

  it("go on when one of them is deleted, and are counted no more when none is left", async () => {
    const first = await budget({ scope: "agent" });
    await server.send("/events", used("c-left", 1, 10, "left"));
    const second = await budget({ scope: "agent", target: "left" });
    await server.send("/events", used("c-left", 2, 5, "left"));
    await server.fetch(`/api/budgets/${first}`, { method: "DELETE" });
    await server.send("/events", used("c-left", 3, 2, "left"));
    expect(await spentOf(second)).toEqual([["left", 7]]);
    await server.fetch(`/api/budgets/${second}`, { method: "DELETE" });
    const { pool } = server.services;
    const [row] = await pool`
      select (select count(*) from budget_counts where scope = 'agent')::int as counts, (select count(*) from budget_baselines)::int as baselines`;
    expect(row).toEqual({ counts: 0, baselines: 0 });
  });

  it("cross once, each at its own event, while two processes count and one of them starts again without its memory", async () => {
    const ids = await Promise.all([1, 2, 3].map((n) => budget({ name: `Two ${n}`, amount: n * 1_000, thresholds: [50, 100] })));
    const known = await readBudgetBook(server.services.pool, defaultProjectId);
    let remembers = otherProcess(() => known);
    for (let seq = 1; seq <= 30; seq++) {
      if (seq % 10 === 0) remembers = otherProcess(() => budgetBook(known.rules));
      await Promise.all([server.send("/events", used("c-two-a", seq, 70)), remembers(used("c-two-b", seq, 70))]);
    }
    for (const [index, id] of ids.entries()) {
      const { uses, crossings } = await listed(id);
      expect(uses).toMatchObject([{ spent: 30 * 2 * 70 }]);
      expect(crossings.map(({ threshold }) => threshold)).toEqual([100, 50]);
      for (const { threshold, spent } of crossings) {
        const limit = (index + 1) * 10 * threshold;
        expect(spent - limit).toBeGreaterThanOrEqual(0);
        expect(spent - limit).toBeLessThan(70);
      }
    }
    expect([...(await crossingsIn("c-two-a")), ...(await crossingsIn("c-two-b"))]).toHaveLength(6);
  });

  it("tell of what was reached on the way also where the run corrects itself in the same batch", async () => {
    const id = await budget({ thresholds: [50, 100] });
    await server.send("/events", used("c-before", 1, 100));
    const { payload: _, ...told } = used("c-corrects", 2, 0);
    const total = { ...told, type: "WORKFLOW_COMPLETED", payload: { total_tokens: 150 } };
    await server.send("/events", [used("c-corrects", 1, 450), total]);
    expect(await spentOf(id)).toEqual([["", 250]]);
    expect(await crossingsIn("c-corrects")).toMatchObject([{ level: "warning", crossed_at_seq: 1 }]);
  });

  it("tell at the next event of what a process counted that did not know of one of them yet", async () => {
    await budget({ name: "Old", amount: 100_000 });
    const before = await readBudgetBook(server.services.pool, defaultProjectId);
    const late = otherProcess(() => before);
    const id = await budget({ name: "New", amount: 100, thresholds: [80, 100] });
    await late(used("c-late", 1, 90));
    await server.send("/events", used("c-late", 2, 1));
    expect((await listed(id)).crossings).toMatchObject([{ threshold: 80, spent: 91, seq: 2 }]);
    await late(used("c-late", 4, 1));
    await server.send("/events", used("c-late", 5, 9));
    expect((await listed(id)).crossings).toMatchObject([
      { threshold: 100, spent: 101 },
      { threshold: 80, spent: 91 },
    ]);
  });
});

describe("counts of before budgets shared them", () => {
  it("go on with what each budget had counted", async () => {
    const first = await budget({ name: "Older", scope: "session" });
    const second = await budget({ name: "Newer", scope: "session" });
    const dollars = await budget({ name: "Money", scope: "session", unit: "dollars" });
    const aimed = await budget({ name: "Aimed", scope: "session", target: "t" });
    const counted = [
      [first, "s", 700],
      [second, "s", 200],
      [dollars, "s", 9_000],
      [first, "t", 40],
      [second, "t", 40],
      [aimed, "t", 30],
    ] as const;
    const migration = readFileSync("db/migrations/0023_shared_budget_counts.sql", "utf8").split("--> statement-breakpoint");
    const converting = migration.slice(0, migration.findIndex((statement) => statement.includes("DROP TABLE")) + 1);
    const rolledBack = new Error("rolled back");
    await server.services.pool
      .begin(async (sql) => {
        await sql`drop table budget_counts, budget_baselines`;
        await sql`create table budget_counters (project_id uuid, budget_id uuid, window_ms bigint, key text, spent bigint)`;
        for (const [id, key, spent] of counted)
          await sql`insert into budget_counters values (${defaultProjectId}, ${id}, 0, ${key}, ${spent})`;
        for (const statement of converting) await sql.unsafe(statement);
        const rows = await sql`
          select b.id, c.key, (case b.unit when 'tokens' then c.tokens else c.nanos end - coalesce(l.counted, 0))::int as spent
          from budgets b join budget_counts c on c.scope = b.scope and c."window" = b."window" and (b.target is null or b.target = c.key)
          left join budget_baselines l on l.budget_id = b.id and l.key = c.key and l.window_ms = c.window_ms`;
        const told = rows.filter(({ spent }) => spent !== 0).map(({ id, key, spent }) => [id, key, spent]);
        expect(told.sort()).toEqual(counted.map((row) => [...row]).sort());
        throw rolledBack;
      })
      .catch((error: unknown) => {
        if (error !== rolledBack) throw error;
      });
  });
});
