import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import { isTerminal, type RunStatus } from "@/lib/core/run/status";
import type { RunSort } from "@/lib/core/run-query/run-sort";
import { startTestServer, type TestServer } from "@/test/server";
import { topRuns } from "../costs/top-runs";
import { uuidv7 } from "../uuid";
import { listRuns } from "./list-runs";
import type { RunFilter } from "./run-filter";

// Runs that have ended are sorted apart from those that go on (db/schema/runs.ts): together they are the list that their rows make.

type Row = {
  readonly id: string;
  readonly status: RunStatus;
  readonly agent: string | null;
  readonly besides: readonly string[];
  readonly source_id: string;
  readonly session_id: string | null;
  readonly name: string;
  readonly models: readonly string[] | null;
  readonly cost_nanos: string;
  readonly tokens: string;
  readonly duration_ms: string | null;
  readonly started_at_ms: string | null;
};

let server: TestServer;
/** `prod` and `test` are of one dialect. */
const sources = { prod: crypto.randomUUID(), test: crypto.randomUUID(), other: crypto.randomUUID() };
const nowMs = Date.now();
let drawn = 7;
/** The same numbers each time. */
const draw = (below: number) => {
  drawn = (drawn * 48_271) % 2_147_483_647;
  return drawn % below;
};
const one = <T>(list: readonly T[]): T => list[draw(list.length)] as T;

/** Few values: many runs have the same figures, and many have none. */
const figures = () => ({
  cost_nanos: one([0, 0, 1, 1_000, 1_023, 1_024, 5_000_000, -3]),
  tokens: one([0, 7, 8, 900, 1_000_000]),
});
function end(startedMs: number | null) {
  const status = one(["succeeded", "succeeded", "failed", "cancelled"]);
  const ended_at_ms = nowMs - draw(50) * 1_000;
  return { status, ended_at_ms, stalls_at_ms: null, duration_ms: startedMs === null ? null : Math.max(0, ended_at_ms - startedMs) };
}
function goOn() {
  const status = one(["running", "waiting", "queued"]);
  return { status, stalls_at_ms: status === "running" ? nowMs + 3_600_000 : null, ended_at_ms: null, duration_ms: null };
}

async function begin(): Promise<string> {
  const { pool } = server.services;
  const id = uuidv7(nowMs - draw(5_000));
  const source = one(Object.keys(sources) as (keyof typeof sources)[]);
  const models = one([null, ["gpt-5"], ["gpt-5", "o4-mini"]]);
  const name = `${one(["weigh", "count"])} ${draw(100)}`;
  const started_at_ms = one([null, nowMs - 60_000, nowMs - draw(90) * 1_000]);
  const dialect = source === "other" ? "crewship" : "shannon";
  const told = { agent: one([null, "coder", "planner"]), session_id: one([null, "s-1"]), name, models, started_at_ms };
  await pool`insert into runs ${pool({ project_id: defaultProjectId, id, source_id: sources[source], external_id: id, kind: "run", dialect, ...told, ...goOn(), ...figures() })}`;
  await pool`insert into run_names (project_id, run_id, name) values (${defaultProjectId}, ${id}, ${name})`;
  for (const model of models ?? [])
    await pool`insert into run_models (project_id, run_id, model) values (${defaultProjectId}, ${id}, ${model})`;
  // One that is named here may lead the run by now.
  for (const agent of one([[], [], ["coder"], ["coder", "tester"]]))
    await pool`insert into run_agents (project_id, run_id, agent) values (${defaultProjectId}, ${id}, ${agent})`;
  return id;
}

/** What can happen to a run: it grows, ends, grows behind its end, is begun anew, or is gone. */
async function change(id: string): Promise<void> {
  const { pool } = server.services;
  const [run] = await pool`select started_at_ms from runs where id = ${id}`;
  if (!run) return;
  const startedMs = run.started_at_ms === null ? null : Number(run.started_at_ms);
  const deed = draw(20);
  if (deed === 0) await pool`delete from runs where id = ${id}`;
  else
    await pool`update runs set ${pool(deed < 5 ? figures() : deed < 14 ? { ...end(startedMs), ...figures() } : goOn())} where id = ${id}`;
}

beforeAll(async () => {
  server = await startTestServer({ repricer: false });
  // What goes on takes as long as it has by then.
  Object.assign(server.services, { now: () => nowMs });
  const { pool } = server.services;
  for (const [name, id] of Object.entries(sources))
    await pool`insert into sources (project_id, id, dialect, name, environment)
      values (${defaultProjectId}, ${id}, ${name === "other" ? "crewship" : "shannon"}, ${name}, ${name === "test" ? null : "production"})`;
  const ids: string[] = [];
  for (let n = 0; n < 240; n++) ids.push(await begin());
  for (let n = 0; n < 500; n++) await change(one(ids));
});
afterAll(() => server.stop());

const rowsNow = async () => [
  ...(await server.services.pool<Row[]>`
    select r.*, array(select agent from run_agents a where a.project_id = r.project_id and a.run_id = r.id) as besides from runs r where kind = 'run'`),
];

function figureOf(row: Row, sort: RunSort | undefined, atMs: number): number {
  if (sort === undefined) return 0;
  if (sort !== "duration") return Math.max(0, Number(sort === "cost" ? row.cost_nanos : row.tokens));
  if (row.duration_ms !== null) return Number(row.duration_ms);
  return isTerminal(row.status) || row.started_at_ms === null ? -1 : atMs - Number(row.started_at_ms);
}

const inOrder = (rows: readonly Row[], sort?: RunSort) =>
  [...rows].sort((a, b) => figureOf(b, sort, nowMs) - figureOf(a, sort, nowMs) || (a.id < b.id ? 1 : -1)).map((row) => row.id);

async function paged(filter: RunFilter, limit: number, between?: () => Promise<void>): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listRuns(defaultProjectId, filter, { limit, cursor });
    expect(page.runs.length).toBe(page.nextCursor === null ? page.runs.length : limit);
    seen.push(...page.runs.map((run) => run.id));
    cursor = page.nextCursor ?? undefined;
    await between?.();
  } while (cursor !== undefined);
  return seen;
}

const hasAgent = (row: Row, agent: string) => row.agent === agent || row.besides.includes(agent);
const filters: readonly [RunFilter, (row: Row) => boolean][] = [
  [{}, () => true],
  [{ status: ["failed"] }, (row) => row.status === "failed"],
  [{ status: ["waiting", "succeeded"] }, (row) => row.status === "waiting" || row.status === "succeeded"],
  [{ status: ["queued"] }, (row) => row.status === "queued"],
  [{ agent: "coder" }, (row) => hasAgent(row, "coder")],
  [
    { agent: "coder", status: ["failed"], source: "prod" },
    (row) => hasAgent(row, "coder") && row.status === "failed" && row.source_id === sources.prod,
  ],
  [{ agent: "tester" }, (row) => hasAgent(row, "tester")],
  [{ agent: "tester", model: "gpt-5" }, (row) => hasAgent(row, "tester") && (row.models?.includes("gpt-5") ?? false)],
  [
    { agent: "tester", dialect: "shannon", q: "weigh" },
    (row) => hasAgent(row, "tester") && row.source_id !== sources.other && row.name.startsWith("weigh"),
  ],
  [{ agent: "nobody" }, () => false],
  [{ dialect: "shannon" }, (row) => row.source_id !== sources.other],
  [{ dialect: "shannon", environment: "production" }, (row) => row.source_id === sources.prod],
  [{ environment: "production" }, (row) => row.source_id !== sources.test],
  [{ source: "nowhere" }, () => false],
  [{ session: "s-1" }, (row) => row.session_id === "s-1"],
  [{ model: "gpt-5" }, (row) => row.models?.includes("gpt-5") ?? false],
  [{ model: "o4-mini", status: ["succeeded"] }, (row) => row.status === "succeeded" && (row.models?.includes("o4-mini") ?? false)],
  [{ q: "weigh" }, (row) => row.name.startsWith("weigh")],
  [{ q: "1", agent: "planner" }, (row) => row.name.includes("1") && hasAgent(row, "planner")],
  [{ cost: { op: ">=", value: 1_024 } }, (row) => Number(row.cost_nanos) >= 1_024],
  [{ cost: { op: "<", value: 1_024 }, tokens: { op: ">", value: 7 } }, (row) => Number(row.cost_nanos) < 1_024 && Number(row.tokens) > 7],
  [
    { tokens: { op: "<=", value: 8 }, status: ["running", "failed"] },
    (row) => Number(row.tokens) <= 8 && ["running", "failed"].includes(row.status),
  ],
  [{ duration: { op: ">", value: 50_000 }, agent: "coder" }, (row) => figureOf(row, "duration", nowMs) > 50_000 && hasAgent(row, "coder")],
];

const orders = [undefined, "cost", "tokens", "duration"] as const;

describe("the list of runs", () => {
  it.each(filters)("of %j is what the rows make of it, by each order and over all pages", async (filter, has) => {
    const { pool } = server.services;
    // Whether a model, an agent or a text is rare is told by figures that this project has not: both ways must be the same list.
    const rows = (await rowsNow()).filter(has);
    for (const sort of orders)
      for (const limit of [3, 200]) expect([sort, await paged({ ...filter, sort }, limit)]).toEqual([sort, inOrder(rows, sort)]);
    const { model, agent } = filter;
    if (model !== undefined)
      await pool`insert into usage_rollups (project_id, grain, start, source_id, agent, model, events, tokens, input, output, cached_read, cached_write, reasoning, reported_nanos, estimated_nanos, unpriced)
        values (${defaultProjectId}, 'day', now(), ${sources.prod}, '', ${model}, 6000, 0, 0, 0, 0, 0, 0, 0, 0, 0) on conflict do nothing`;
    if (agent !== undefined)
      await pool`insert into run_agents (project_id, agent, run_id) select ${defaultProjectId}, ${agent}, gen_random_uuid() from generate_series(1, 2000)`;
    if (model === undefined && agent === undefined) return;
    for (const sort of orders) expect([sort, await paged({ ...filter, sort }, 3)]).toEqual([sort, inOrder(rows, sort)]);
    if (agent !== undefined) await pool`delete from run_agents a where not exists (select from runs r where r.id = a.run_id)`;
  });

  it.each(["cost", "tokens", "duration"] as const)(
    "by %s has each run that stays as it is once and in order, whatever happens to others meanwhile",
    async (sort) => {
      const before = await rowsNow();
      const [still, moved] = [before.filter((_, n) => n % 3 !== 0), before.filter((_, n) => n % 3 === 0)];
      const stillIds = new Set(still.map((row) => row.id));
      const seen = await paged({ sort }, 5, async () => {
        for (let n = 0; n < 3; n++) await change(one(moved).id);
        await begin();
      });
      expect(seen.filter((id) => stillIds.has(id))).toEqual(inOrder(still, sort));
    },
  );

  it("names the most expensive runs of a stretch of time, ended or not", async () => {
    const rows = (await rowsNow()).filter((row) => Number(row.cost_nanos) > 0);
    const top = await topRuns(defaultProjectId, { fromMs: nowMs - 10_000, toMs: nowMs + 10_000 }, 40);
    expect(top.map((run) => run.id)).toEqual(inOrder(rows, "cost").slice(0, 40));
  });
});

it("knows of every run that has ended what its row has, and of no other", async () => {
  const { pool } = server.services;
  const kept = await pool`select run_id, source_id, agent, status, cost_nanos, tokens, duration_ms from ended_runs order by run_id`;
  const rows = await pool`
    select id as run_id, source_id, agent, status, greatest(cost_nanos, 0) as cost_nanos, greatest(tokens, 0) as tokens, duration_ms
    from runs where ended_at_ms is not null order by id`;
  expect([...kept]).toEqual([...rows]);
  expect(rows.length).toBeGreaterThan(50);
});
