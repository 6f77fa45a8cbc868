import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CostFigures, CostGroup, CostPoint, CostReport, TopRuns } from "@/lib/core/api/costs";
import { RunCounts } from "@/lib/core/api/run-counts";
import type { Source } from "@/lib/core/api/source";
import { costGroupings } from "@/lib/core/costs/cost-grouping";
import { otherProjectKey } from "@/test/other-project";
import { startTestServer, type TestServer } from "@/test/server";
import { Repricer } from "../jobs/repricer";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ repricer: false });
});
afterAll(() => server.stop());

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

async function costs(query: Record<string, string | number>): Promise<CostReport> {
  const reply = await server.fetch(`/api/costs?${new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]))}`);
  expect(reply.status, await reply.clone().text()).toBe(200);
  return (await reply.json()) as CostReport;
}

const iso = (ms: number) => new Date(ms).toISOString();

type Told = {
  readonly run: string;
  readonly atMs: number;
  readonly agent: string;
  readonly model?: string;
  readonly costUsd?: number;
  readonly input?: number;
};

function told({ run, atMs, agent, model = "gpt-5", costUsd, input = 100 }: Told, seq: number) {
  return {
    workflow_id: run,
    type: "LLM_OUTPUT",
    seq,
    timestamp: iso(atMs),
    agent_id: agent,
    payload: {
      model,
      provider: "openai",
      usage: { input_tokens: input, output_tokens: 20, total_tokens: input + 20 },
      ...(costUsd === undefined ? {} : { cost_usd: costUsd }),
    },
  };
}

describe("the costs of a stretch of time", () => {
  const nowMs = Date.now();
  const from = nowMs - 12 * hourMs;

  it("are, minute, hour and day alike, the sum of what the runs show, and the same however they are grouped", async () => {
    const reports = Array.from(
      { length: 60 },
      (_, n): Told => ({
        run: `sum-${n % 7}`,
        atMs: nowMs - n * 11 * 60_000,
        agent: `agent-${n % 5}`,
        model: n % 3 === 0 ? "gpt-5" : n % 3 === 1 ? "gpt-4o-mini" : "house-model-without-a-price",
        ...(n % 2 === 0 ? { costUsd: 0.001 + n / 1e6 } : {}),
        input: 100 + n,
      }),
    );
    for (const [seq, report] of reports.entries()) await server.send("/events", told(report, seq + 1));
    await server.send("/events", {
      workflow_id: "sum-0",
      type: "WORKFLOW_COMPLETED",
      seq: 61,
      timestamp: iso(nowMs),
      payload: { total_tokens: 5_000, total_cost_usd: 0.0814 },
    });

    const runs = ((await (await server.fetch("/api/runs?limit=200")).json()) as TopRuns).runs;
    const shown = {
      tokens: total(runs, (run) => run.tokens.total),
      reportedNanos: total(runs, (run) => run.cost.reportedNanos),
      estimatedNanos: total(runs, (run) => run.cost.estimatedNanos),
      unpriced: total(runs, (run) => run.cost.unpricedCalls),
    };
    expect(shown.unpriced).toBeGreaterThan(0);
    expect(shown.estimatedNanos).toBeGreaterThan(0);
    for (const bucket of ["minute", "hour", "day"])
      for (const groupBy of costGroupings) {
        const report = await costs({ from: iso(from), to: iso(nowMs + 60_000), bucket, groupBy });
        expect(report.totals).toMatchObject(shown);
        expect(sumOf(report.groups.map((group) => group.figures))).toMatchObject(shown);
        expect(pointsOf(report.points)).toEqual(shown);
      }
  });

  it("are told by session, and apart what belongs to none; priced anew they stay the same sum", async () => {
    const at = nowMs - 2 * hourMs;
    const begun = (run: string, session: string) => ({
      ...{ workflow_id: run, type: "WORKFLOW_STARTED", seq: 1, timestamp: iso(at), agent_id: "agent-0" },
      payload: { query: "q", session_id: session },
    });
    await server.send("/events", [begun("in-1", "chat-1"), told({ run: "in-1", atMs: at, agent: "agent-0", costUsd: 1e-6 }, 2)]);
    await server.send("/events", told({ run: "in-1", atMs: at, agent: "agent-0", model: "house-in-session" }, 3));
    await server.send("/events", [begun("in-2", "chat-1"), told({ run: "in-2", atMs: at, agent: "agent-0", costUsd: 2e-6 }, 2)]);
    await server.send("/events", [begun("in-3", "chat-2"), told({ run: "in-3", atMs: at, agent: "agent-0", costUsd: 5e-7 }, 2)]);
    const span = { from: iso(at - 60_000), to: iso(at + 120_000) };
    const bySession = async () => {
      const { groups, totals } = await costs({ ...span, groupBy: "session" });
      expect(sumOf(groups.map((group) => group.figures))).toEqual(totals);
      expect((await costs({ ...span, groupBy: "agent" })).totals).toEqual(totals);
      return Object.fromEntries(
        groups.map(({ label, figures: { reportedNanos, estimatedNanos, unpriced } }) => [label, [reportedNanos, estimatedNanos, unpriced]]),
      );
    };
    const before = await bySession();
    expect(before).toMatchObject({ "chat-1": [3_000, 0, 1], "chat-2": [500, 0, 0] });
    await server.send("/api/prices", { model: "house-in-session", input: "1", output: "1" });
    const { id } = (await (await server.send("/api/repricings", span)).json()) as { id: string };
    const repricer = new Repricer(server.services);
    await repricer.round();
    await server.send(`/api/repricings/${id}/apply`, {});
    await repricer.round();
    expect(await bySession()).toEqual({ ...before, "chat-1": [3_000, 120_000, 0] });
  });

  it("are told by the environment that their sources say, also of what came before a source said it", async () => {
    const at = nowMs - 5 * hourMs;
    const spend = (source: string, costUsd: number) =>
      server.send(`/api/ingest/shannon?source=${source}`, told({ run: `run-${source}`, atMs: at, agent: "agent-0", costUsd }, 1));
    const span = { from: iso(at - 60_000), to: iso(at + 120_000) };
    const byEnvironment = async () => {
      const { groups, totals, points } = await costs({ ...span, bucket: "minute", groupBy: "environment" });
      expect(sumOf(groups.map((group) => group.figures))).toEqual(totals);
      expect(pointsOf(points).reportedNanos).toBe(totals.reportedNanos);
      return groups.map(({ key, label, figures }) => [key, label, figures.reportedNanos]);
    };
    await spend("env-east", 3e-6);
    await spend("env-west", 2e-6);
    await spend("env-test", 1e-6);
    expect(await byEnvironment()).toEqual([["", "(not set)", 6_000]]);

    const ids = new Map<string, string>();
    for (const [name, environment] of Object.entries({ "env-east": "production", "env-west": "production", "env-test": "staging" })) {
      const made = (await (await server.send("/api/sources", { dialect: "shannon", name, environment })).json()) as Source;
      ids.set(name, made.id);
    }
    expect(await byEnvironment()).toEqual([
      ["production", "production", 5_000],
      ["staging", "staging", 1_000],
    ]);

    const change = await server.fetch(`/api/sources/${ids.get("env-west")}`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ environment: null }),
    });
    expect(change.status).toBe(200);
    expect(await byEnvironment()).toEqual([
      ["production", "production", 3_000],
      ["", "(not set)", 2_000],
      ["staging", "staging", 1_000],
    ]);
  });

  it("of a day may be less than nothing, as a run that began the day before corrects itself", async () => {
    const midnight = Math.floor(Date.now() / dayMs) * dayMs;
    const key = { authorization: `Bearer ${await otherProjectKey(server, ["read", "ingest"])}` };
    const told = (seq: number, type: string, atMs: number, payload: object) => ({
      ...{ workflow_id: "over-midnight", type, seq, timestamp: iso(atMs), agent_id: "night" },
      payload,
    });
    const call = { model: "gpt-5", provider: "openai", input_tokens: 1_000_000, output_tokens: 0 };
    const end = { total_tokens: 1_000_000, total_cost_usd: 0 };
    const sent = await server.send(
      "/events",
      [told(1, "LLM_OUTPUT", midnight - 1, call), told(2, "WORKFLOW_COMPLETED", midnight, end)],
      key,
    );
    expect(sent.status).toBe(200);
    const counts = await (await server.fetch("/api/runs/counts", { headers: key })).json();
    expect(counts).toMatchObject({ costToday: { reportedNanos: 0, estimatedNanos: -1_250_000_000, unpricedCalls: 0 } });
    expect(RunCounts.safeParse(counts).error).toBeUndefined();
  });

  it("are cut exactly at the minute, also where whole hours and days stand in for it", async () => {
    const startMs = Math.floor((nowMs - 20 * hourMs) / dayMs) * dayMs;
    const at = (minutes: number) => startMs + minutes * 60_000;
    // Written as sums: what is asked here is only how they are read.
    const { pool } = server.services;
    const [project] = await pool`select id from projects limit 1`;
    const other = "00000000-0000-7000-8000-00000000c057";
    await pool`insert into projects (id, name) values (${other}, 'Cuts')`;
    const minutes = Array.from({ length: 3 * 24 * 60 }, (_, n) => n);
    await pool`insert into usage_buckets select ${other}, to_timestamp(${startMs / 1000} + n * 60), ${project?.id}, 'a', 'm', 1, n, 0, 0, 0, 0, 0, n * 7, 0, 0
      from generate_series(0, ${minutes.length - 1}) n`;
    await pool`insert into usage_rollups select project_id, grain, date_trunc(grain, minute, 'UTC'), source_id, agent, model, sum(events), sum(tokens), 0, 0, 0, 0, 0, sum(reported_nanos), 0, 0
      from usage_buckets, (values ('hour'), ('day')) g(grain) where project_id = ${other} group by 1, 2, 3, 4, 5, 6`;
    // Of every tenth minute half belongs to a session; the other half is found by the migration, as in a database of before.
    await pool`insert into usage_sessions select project_id, g.grain, date_trunc(g.grain, minute, 'UTC'), 'chat', sum(events), sum(tokens / 2), 0, 0, 0, 0, 0, sum(reported_nanos / 2), 0, 0
      from usage_buckets, (values ('minute'), ('hour'), ('day')) g(grain)
      where project_id = ${other} and extract(epoch from minute)::bigint / 60 % 10 = 0 group by 1, 2, 3`;
    await pool.unsafe(readFileSync("db/migrations/0021_sessionless_sums.sql", "utf8").split("--> statement-breakpoint").at(-1) as string);
    const { costReport } = await import("./cost-report");
    const cuts = [
      [0, 3 * 1440],
      [1, 3 * 1440 - 1],
      [59, 61],
      [30, 45],
      [90, 1440],
      [1439, 1441],
      [1441, 2 * 1440 + 61],
      [700, 2 * 1440 + 1],
    ] as const;
    for (const [a, b] of cuts) {
      for (const bucket of ["minute", "hour", "day"] as const) {
        const report = await costReport(other, { fromMs: at(a), toMs: at(b), bucket, groupBy: "agent" });
        const tokens = minutes.slice(a, b).reduce((sum, n) => sum + n, 0);
        expect([a, b, bucket, report.totals.tokens, report.totals.reportedNanos]).toEqual([a, b, bucket, tokens, tokens * 7]);
        const before = minutes.slice(Math.max(0, a - (b - a)), a).reduce((sum, n) => sum + n, 0);
        expect(report.previous.tokens).toBe(before);
        expect(pointsOf(report.points).tokens).toBe(tokens);
        const sessions = await costReport(other, { fromMs: at(a), toMs: at(b), bucket, groupBy: "session" });
        const chat = minutes.slice(a, b).reduce((sum, n) => sum + ((startMs / 60_000 + n) % 10 === 0 ? Math.floor(n / 2) : 0), 0);
        const told = Object.fromEntries(sessions.groups.map((group) => [group.key, group.figures.tokens]));
        expect([a, b, bucket, told.chat ?? 0, told[""] ?? 0]).toEqual([a, b, bucket, chat, tokens - chat]);
        expect(sessions.rest).toMatchObject({ groups: 0, figures: { tokens: 0, reportedNanos: 0 } });
        expect(pointsOf(sessions.points).tokens).toBe(tokens);
      }
    }
  });

  it("name the most expensive groups, chart seven, and lose nothing of the others", async () => {
    const many = Array.from({ length: 130 }, (_, n) =>
      told({ run: "many", atMs: nowMs, agent: `many-${n}`, costUsd: (n + 1) / 1_000 }, n + 1),
    );
    await server.send("/events", many);
    const report = await costs({ from: iso(from), to: iso(nowMs + 60_000), groupBy: "agent" });
    expect(report.groups).toHaveLength(100);
    expect(report.groups[0]?.key).toBe("many-129");
    // With five agents of the runs before, and their correction, which names no agent.
    expect(report.rest.groups).toBe(36);
    expect(new Set(report.points.map((point) => point.group))).toEqual(new Set([-1, 0, 1, 2, 3, 4, 5, 6]));
    expect(pointsOf(report.points).reportedNanos).toBe(report.totals.reportedNanos);
    expect(sumOf([...report.groups.map((group) => group.figures), report.rest.figures])).toEqual(report.totals);
  });

  it("chart seven of nine groups too, with what the other two come to", async () => {
    const atMs = nowMs - 17 * hourMs;
    const nine = Array.from({ length: 9 }, (_, n) =>
      told({ run: "nine", atMs: atMs + n * 1_000, agent: `nine-${n}`, costUsd: (n + 1) / 1_000 }, n + 1),
    );
    await server.send("/events", nine);
    const { groups, points, rest, totals } = await costs({
      from: iso(atMs - 60_000),
      to: iso(atMs + 60_000),
      bucket: "hour",
      groupBy: "agent",
    });
    expect(groups.map(({ figures }) => figures.reportedNanos)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1].map((n) => n * 1_000_000));
    expect(
      total(
        points.filter((point) => point.group === -1),
        (point) => point.reportedNanos,
      ),
    ).toBe(3_000_000);
    expect(new Set(points.map((point) => point.group))).toEqual(new Set([-1, 0, 1, 2, 3, 4, 5, 6]));
    expect([pointsOf(points).reportedNanos, totals.reportedNanos, rest.groups, rest.figures.reportedNanos]).toEqual([
      45_000_000, 45_000_000, 0, 0,
    ]);
  });

  it("name first, of what nobody can price, what used most", async () => {
    const atMs = nowMs - 15 * hourMs;
    const of = (agent: string, input: number, seq: number) => told({ run: "unpriced", atMs, agent, model: "house-unknown", input }, seq);
    const paid = told({ run: "unpriced", atMs, agent: "paid", costUsd: 1e-9 }, 4);
    await server.send("/events", [of("little", 10, 1), of("much", 900, 2), of("some", 40, 3), paid]);
    const { groups } = await costs({ from: iso(atMs - 60_000), to: iso(atMs + 60_000), groupBy: "agent" });
    expect(groups.map((group) => group.key)).toEqual(["paid", "much", "some", "little"]);
  });

  it("say of each model by which price it is estimated: what it has none for is missing one only then", async () => {
    const atMs = nowMs - 21 * hourMs;
    await server.send("/api/prices", { model: "house-own", input: "3", output: "15", cachedRead: "0.3" });
    await server.send("/events", [
      told({ run: "prices", atMs, agent: "a", model: "house-none" }, 1),
      told({ run: "prices", atMs, agent: "a", model: "gpt-5" }, 2),
      { ...told({ run: "prices", atMs, agent: "a", model: "gpt-4o" }, 3), payload: { model: "gpt-4o", tokens_used: 7 } },
      told({ run: "prices", atMs, agent: "a", model: "house-own" }, 4),
    ]);
    const span = { from: iso(atMs - 60_000), to: iso(atMs + 60_000) };
    const { groups } = await costs({ ...span, groupBy: "model" });
    const priceOf = ({ price }: CostGroup) => price && [price.source, price.input, price.cachedRead, price.output];
    expect(Object.fromEntries(groups.map((group) => [group.key, [priceOf(group), group.figures.unpriced]]))).toEqual({
      "gpt-5": [["genai-prices", "1.25", "0.125", "10"], 0],
      "gpt-4o": [["genai-prices", "2.5", "1.25", "10"], 1],
      "house-none": [["unpriced", null, null, null], 1],
      "house-own": [["override", "3", "0.3", "15"], 0],
    });
    expect((await costs({ ...span, groupBy: "agent" })).groups.map(priceOf)).toEqual([null]);
  });

  it("are answered by the most expensive runs that began in it, the most expensive first", async () => {
    const top = (await (
      await server.fetch(`/api/costs/top-runs?from=${iso(nowMs - hourMs)}&to=${iso(nowMs + hourMs)}&limit=3`)
    ).json()) as TopRuns;
    const spent = top.runs.map((run) => run.cost.reportedNanos + run.cost.estimatedNanos);
    expect(top.runs[0]?.externalId).toBe("many");
    expect(spent).toEqual([...spent].sort((a, b) => b - a));
    expect(top.runs).toHaveLength(3);
    const earlier = (await (
      await server.fetch(`/api/costs/top-runs?from=${iso(nowMs - 3 * hourMs)}&to=${iso(nowMs - 2 * hourMs)}`)
    ).json()) as TopRuns;
    expect(earlier.runs).toEqual([]);
  });

  it.each([
    ["from=yesterday", "?from="],
    ["groupBy=colour", "?groupBy="],
    ["bucket=year", "?bucket="],
    ["from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "?from="],
    ["from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z&bucket=minute", "?bucket="],
  ])("refuse ?%s and say where", async (query, path) => {
    const reply = await server.fetch(`/api/costs?${query}`);
    expect(reply.status).toBe(400);
    expect(((await reply.json()) as { error: { path: string } }).error.path).toBe(path);
  });

  it("are answered for as long as the bucket allows where no range is asked for", async () => {
    const length = ({ from, to }: CostReport) => (Date.parse(to) - Date.parse(from)) / hourMs;
    const toMs = Date.parse("2026-03-02T12:00:00Z");
    for (const [query, bucket, hours] of [
      [{}, "hour", 24],
      [{ bucket: "minute" }, "minute", 6],
      [{ bucket: "hour" }, "hour", 24],
      [{ bucket: "day" }, "day", 24],
    ] as const) {
      expect(await costs({ ...query, to: iso(toMs) })).toMatchObject({ bucket, from: iso(toMs - hours * hourMs) });
      const now = await costs(query);
      expect([now.bucket, Math.floor(length(now))]).toEqual([bucket, hours]);
    }
  });

  it("never hold another project's money", async () => {
    const other = "00000000-0000-7000-8000-0000000000ff";
    const { costReport } = await import("./cost-report");
    const report = await costReport(other, { fromMs: from, toMs: nowMs + 60_000, bucket: "hour", groupBy: "source" });
    expect(report.totals.reports).toBe(0);
    expect(report.groups).toEqual([]);
  });
});

function total<T>(list: readonly T[], of: (item: T) => number): number {
  return list.reduce((sum, item) => sum + of(item), 0);
}

function sumOf(list: readonly CostFigures[]): CostFigures {
  const keys = Object.keys(list[0] as CostFigures) as (keyof CostFigures)[];
  return Object.fromEntries(keys.map((key) => [key, total(list, (figures) => figures[key])])) as CostFigures;
}

function pointsOf(points: readonly CostPoint[]) {
  return {
    tokens: total(points, (point) => point.tokens),
    reportedNanos: total(points, (point) => point.reportedNanos),
    estimatedNanos: total(points, (point) => point.estimatedNanos),
    unpriced: total(points, (point) => point.unpriced),
  };
}
