import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunList } from "@/lib/core/api/run";
import type { RunCounts } from "@/lib/core/api/run-counts";
import { matchesRun } from "@/lib/core/run-query/match-run";
import { parseRunQuery } from "@/lib/core/run-query/parse-run-query";
import { runFilterParams } from "@/lib/core/run-query/run-filters";
import { sortFigure } from "@/lib/core/run-query/run-sort";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
const hourMs = 3_600_000;
const nowMs = Date.now();

const event = (workflow: string, type: string, atMs: number, rest: object = {}) => ({
  workflow_id: workflow,
  type,
  timestamp: new Date(atMs).toISOString(),
  agent_id: "coder",
  ...rest,
});

/** Started a minute before its end; what it used is reported by its one model call. */
async function finished(run: string, end: string, use: { model: string; tokens: number; dollars: number }, startMs = nowMs - 60_000) {
  const { model, tokens, dollars } = use;
  await server.send("/api/ingest/shannon?source=prod", [
    event(run, "WORKFLOW_STARTED", startMs, { payload: { query: `about ${run}` } }),
    event(run, "LLM_OUTPUT", startMs + 1_000, { payload: { model, input_tokens: tokens, output_tokens: 1, cost_usd: dollars } }),
    event(run, end, nowMs, { message: "it broke" }),
  ]);
}

beforeAll(async () => {
  server = await startTestServer();
  await server.send("/api/sources", { dialect: "shannon", name: "prod", environment: "production" });
  await finished("cheap", "WORKFLOW_COMPLETED", { model: "gpt-5", tokens: 100, dollars: 0.01 });
  await finished("dear", "WORKFLOW_COMPLETED", { model: "claude opus", tokens: 20_000, dollars: 1.5 }, nowMs - 2 * hourMs);
  await finished("broken", "WORKFLOW_FAILED", { model: "gpt-5", tokens: 500, dollars: 0.02 });
  await server.send("/api/ingest/shannon", event("fresh", "WORKFLOW_STARTED", nowMs - 1_000, { payload: { query: '=1+1, a "formula"' } }));
  await server.send("/api/ingest/shannon", event("silent", "WORKFLOW_STARTED", nowMs - hourMs, { payload: { query: "about silent" } }));
  await server.send("/api/ingest/agent-os", {
    event_type: "human_input_requested",
    sdk_run_id: "asking",
    occurred_at: new Date(nowMs).toISOString(),
    payload: { prompt: "Go on?" },
  });
  // As if it had been heard of last an hour ago.
  await server.services.pool`update runs set stalls_at_ms = ${nowMs - 1},
    state = jsonb_set(state::jsonb, '{lifecycle,lastReceivedAtMs}', ${String(nowMs - hourMs)}::jsonb)::json where external_id = 'silent'`;
});
afterAll(() => server.stop());

const listed = async (query: string): Promise<RunList> => (await server.fetch(`/api/runs${query}`)).json() as Promise<RunList>;
const found = async (text: string) => {
  const { filters, problems } = parseRunQuery(text);
  expect(problems).toEqual([]);
  const { runs } = await listed(`?${runFilterParams(filters)}`);
  return runs.map((run) => run.externalId).sort();
};

async function paged(query: string, limit: number): Promise<RunList["runs"]> {
  const seen: RunList["runs"][number][] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: RunList = await listed(`?${query}&limit=${limit}${cursor && `&cursor=${cursor}`}`);
    expect(page.runs.length).toBe(page.nextCursor === null ? page.runs.length : limit);
    seen.push(...page.runs);
    cursor = page.nextCursor;
  }
  return seen;
}

describe("the list of runs", () => {
  it("pages runs that took long and runs that have been going on for long as one list, newest first, each once", async () => {
    const all = (await listed("?limit=200")).runs.map((run) => run.id);
    const seen = (await paged("duration=%3E50m", 1)).map((run) => run.id);
    expect(seen).toHaveLength(2);
    expect(seen).toEqual(all.filter((id) => seen.includes(id)));
  });

  it.each([
    ["cost:>0.5", ["dear"]],
    ["cost:<=0.02 cost", []],
    ["cost:<0.02 about", ["cheap", "silent"]],
    ["cost:>=0 about", ["broken", "cheap", "dear", "silent"]],
    ["tokens:>=0 status:waiting", ["asking"]],
    ["tokens:>10k", ["dear"]],
    ["duration:>90m", ["dear"]],
    ["duration:>50m", ["dear", "silent"]],
    ["duration:<=60s source:prod", ["broken", "cheap"]],
    ['model:"claude opus"', ["dear"]],
    ["model:gpt-5 status:failed", ["broken"]],
    ["source:prod", ["broken", "cheap", "dear"]],
    ["source:agent-os", ["asking"]],
    ["env:production", ["broken", "cheap", "dear"]],
    ["env:production source:default", []],
    ["env:staging", []],
    ["status:stalled", ["silent"]],
    ["status:running", ["fresh"]],
    ["status:waiting", ["asking"]],
    ["since:1h agent:coder source:default", ["fresh", "silent"]],
    ["since:2099-01-01", []],
    ["about bro", ["broken"]],
    // The beginning of an id, as it is written, of three characters and more.
    ["fres", ["fresh"]],
    ["Fres", []],
    ["fr", []],
    ["bro", ["broken"]],
    ["bro status:failed since:1h", ["broken"]],
    ["asking", ["asking"]],
    ["sking", []],
    ["as%", []],
  ])("finds by %s what it says, and the browser finds the same in what the feed reports", async (text, expected) => {
    expect(await found(text)).toEqual(expected);
    const { runs } = await listed("?limit=200");
    const { filters } = parseRunQuery(text);
    const matching = runs.filter((run) => matchesRun(run, filters, Date.now())).map((run) => run.externalId);
    // A stored run that the clock has overtaken is told by its own row.
    expect(matching.sort().filter((id) => id !== "silent")).toEqual(expected.filter((id) => id !== "silent"));
  });

  it("finds a run by the beginning of our id, and pages what a text finds as one list", async () => {
    const all = (await listed("?limit=200")).runs;
    const [one] = all;
    if (!one) throw new Error("no run is listed");
    for (const q of [one.id, one.id.slice(0, -1), one.id.slice(0, 24), one.id.slice(0, 23).toUpperCase()])
      expect((await listed(`?q=${q}`)).runs.map((run) => run.id)).toEqual([one.id]);
    expect((await listed(`?q=${one.id.slice(0, 7)}`)).runs).toEqual([]);
    const begun = all.filter((run) => run.id.startsWith(one.id.slice(0, 8))).map((run) => run.id);
    const idsOf = async (q: string) => (await paged(`q=${q}`, 1)).map((run) => run.id);
    expect(await idsOf(one.id.slice(0, 8))).toEqual(begun);
    expect(await idsOf("about")).toEqual(all.filter((run) => run.name.startsWith("about")).map((run) => run.id));
  });

  it.each([
    ["cost", "", 1],
    ["cost", "", 2],
    ["tokens", "", 2],
    ["duration", "", 1],
    ["duration", "", 4],
    ["cost", "status=succeeded,failed", 1],
    ["duration", "q=about", 1],
    ["tokens", "duration=%3E50m", 1],
  ] as const)(
    "sorted by %s (%s) has each run once on pages of %i, the largest first, what has no figure last",
    async (sort, filter, limit) => {
      const all = (await listed(`?limit=200&${filter}`)).runs;
      const sorted = await paged(`${filter}&sort=${sort}`, limit);
      const at = Date.now();
      const figures = sorted.map((run) => sortFigure(run, sort, at));
      expect(figures).toEqual([...figures].sort((a, b) => b - a));
      expect(sorted.map((run) => run.id).sort()).toEqual(all.map((run) => run.id).sort());
      expect(new Set(figures).size).toBeGreaterThan(1);
    },
  );

  it("refuses the cursor of another list", async () => {
    const { nextCursor: newest } = await listed("?limit=1");
    const { nextCursor: dearest } = await listed("?limit=1&sort=cost");
    for (const query of [
      `cursor=${dearest}`,
      `sort=cost&cursor=${newest}`,
      "sort=cost&cursor=1_2_3",
      "sort=cost&cursor=9999999999999999_1_x",
      "sort=name",
    ])
      expect((await server.fetch(`/api/runs?${query}`)).status, query).toBe(400);
  });

  it("says which part of the question it does not understand", async () => {
    for (const [query, path] of [
      ["cost=0.5", "?cost="],
      ["duration=%3E60", "?duration="],
      ["since=yesterday", "?since="],
      ["status=odd", "?status="],
    ]) {
      const reply = await server.fetch(`/api/runs?${query}`);
      expect(reply.status).toBe(400);
      expect(await reply.json()).toMatchObject({ error: { code: "invalid_request", path } });
    }
  });
});

it("counts what the views above the list would show, and what was spent today", async () => {
  const counts = (await (await server.fetch("/api/runs/counts")).json()) as RunCounts;
  expect(counts).toMatchObject({ running: 1, waiting: 1, stalled: 1, failed24h: 1 });
  const { reportedNanos } = counts.costToday;
  expect(reportedNanos).toBeGreaterThan(0);
  expect(reportedNanos).toBeLessThanOrEqual(1_530_000_000);
});

describe("the export", () => {
  it("as CSV has a line a run, and no cell that a spreadsheet would run", async () => {
    const reply = await server.fetch("/api/runs/export?format=csv&status=running");
    expect(reply.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(reply.headers.get("content-disposition")).toMatch(/^attachment; filename="runs-\d{4}-\d{2}-\d{2}\.csv"$/);
    const lines = (await reply.text()).split("\r\n");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^id,external_id,name,status,/);
    expect(lines[1]).toContain(`,fresh,"'=1+1, a ""formula""",running,shannon,default,,coder,`);
  });

  it("as JSON is the list that the filter finds, with stalled runs called so", async () => {
    const runs = (await (await server.fetch("/api/runs/export?format=json&agent=coder")).json()) as {
      externalId: string;
      status: string;
    }[];
    expect(runs[0]?.status).toBe("stalled");
    expect(runs.map((run) => run.externalId)).toEqual(["silent", "fresh", "broken", "dear", "cheap"]);
    expect(await (await server.fetch("/api/runs/export?format=json&agent=nobody")).json()).toEqual([]);
  });

  it("of selected runs has these and no other, and leaves out what is not there", async () => {
    const all = (await (await server.fetch("/api/runs/export?format=json&agent=coder")).json()) as { id: string; externalId: string }[];
    const chosen = all.filter((run) => run.externalId === "fresh" || run.externalId === "dear").map((run) => run.id);
    const stranger = "00000000-0000-7000-8000-000000000000";
    const reply = await server.fetch(`/api/runs/export?format=json&ids=${[...chosen, stranger].join(",")}`);
    expect(((await reply.json()) as { externalId: string }[]).map((run) => run.externalId)).toEqual(["fresh", "dear"]);
    const lines = (await (await server.fetch(`/api/runs/export?ids=${chosen[0]}`)).text()).trim().split("\r\n");
    expect(lines).toHaveLength(2);
  });

  it.each([
    ["an id that is none", "x"],
    ["no id", ""],
    ["more than fit", Array(201).fill("00000000-0000-7000-8000-000000000000").join(",")],
  ])("of %s is refused", async (_, ids) => {
    const reply = await server.fetch(`/api/runs/export?ids=${ids}`);
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ error: { code: "invalid_request", path: "?ids=" } });
  });

  it("of more runs than a page holds has each of them once", async () => {
    const many = Array.from({ length: 1_100 }, (_, at) => event(`many-${at}`, "WORKFLOW_STARTED", nowMs, { agent_id: "herd" }));
    await server.send("/api/ingest/shannon", many);
    const runs = (await (await server.fetch("/api/runs/export?format=json&agent=herd")).json()) as { externalId: string }[];
    expect(new Set(runs.map((run) => run.externalId)).size).toBe(1_100);
    expect(runs).toHaveLength(1_100);
  });

  it("with a filter that does not fit is refused before a file begins", async () => {
    expect((await server.fetch("/api/runs/export?format=xml")).status).toBe(400);
    expect((await server.fetch("/api/runs/export?cost=1")).status).toBe(400);
  });
});

it("finds a run by each model that it used, by the name it has now and not by one that it had", async () => {
  const start = event("renamed", "WORKFLOW_STARTED", nowMs);
  await server.send("/api/ingest/shannon", start);
  expect(await found("coder")).toEqual(["renamed"]);
  await server.send("/api/ingest/shannon", { ...start, payload: { query: "Weigh the haystack" } });
  expect(await found("haystack")).toEqual(["renamed"]);
  for (const model of ["needle-1", "needle-2", "needle-1"])
    await server.send("/api/ingest/shannon", { ...start, type: "LLM_OUTPUT", payload: { model, input_tokens: 1, output_tokens: 1 } });
  expect(await found("model:needle-1")).toEqual(["renamed"]);
  expect(await found("model:needle-2 haystack")).toEqual(["renamed"]);
  expect(await found("model:needle-3")).toEqual([]);
  const names = await server.services.pool`select n.name from run_names n join runs r on r.id = n.run_id where r.external_id = 'renamed'`;
  expect(names.map(({ name }) => name)).toEqual(["Weigh the haystack"]);
});

it("finds a run by each agent that worked or spent in it, also by one that it is named by no more", async () => {
  const say = (type: string, seq: number, agent: string, payload = {}) =>
    server.send("/api/ingest/shannon", { ...event("crew", type, nowMs + seq), seq, agent_id: agent, payload });
  const tokens = { model: "m", input_tokens: 1, output_tokens: 1 };
  await say("AGENT_STARTED", 20, "weaver");
  await say("LLM_OUTPUT", 30, "spinner", tokens);
  await say("BUDGET_THRESHOLD", 40, "warden", { usage_percent: 80 });
  expect(await found("agent:weaver")).toEqual(["crew"]);
  // It comes late, and was first.
  await say("AGENT_STARTED", 10, "shearer");
  // Its money is counted, and nobody saw it at work.
  await say("WORKFLOW_COMPLETED", 50, "purser", { ...tokens, tokens_used: 100 });
  const [crew] = (await listed("?limit=1&agent=shearer")).runs;
  expect(crew).toMatchObject({ agent: "shearer", agents: 3, agentNames: ["weaver", "spinner", "shearer"] });
  for (const agent of ["shearer", "weaver", "spinner", "purser"]) {
    expect([agent, await found(`agent:${agent}`)]).toEqual([agent, ["crew"]]);
    expect([agent, (await listed(`?agent=${agent}&sort=cost`)).runs.length]).toEqual([agent, 1]);
  }
  expect(await found("agent:warden")).toEqual([]);
  const { groups } = (await (await server.fetch("/api/costs?groupBy=agent")).json()) as { groups: { key: string }[] };
  expect(groups.map(({ key }) => key)).toContain("purser");
  for (const { key } of groups) expect([key, (await found(`agent:${key}`)).length > 0]).toEqual([key, true]);

  // What was stored before agents were found beside the leading one.
  const { pool } = server.services;
  await pool`delete from run_agents`;
  expect(await found("agent:weaver")).toEqual([]);
  const [, fill = ""] = readFileSync("db/migrations/0045_run_agents.sql", "utf8").split("--> statement-breakpoint");
  await pool.unsafe(fill);
  const filled = await pool`select agent from run_agents order by agent`;
  expect(filled.map(({ agent }) => agent)).toEqual(["spinner", "weaver"]);
});
