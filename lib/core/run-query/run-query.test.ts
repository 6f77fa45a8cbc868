import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { RunSummary } from "../api/run";
import { type BoundKind, parseBound } from "./bound";
import { completeRunQuery } from "./complete-run-query";
import { matchesRun } from "./match-run";
import { parseRunQuery, queryKeys } from "./parse-run-query";
import { printRunQuery } from "./print-run-query";
import { noRunFilters, type RunFilters, runFilterParams } from "./run-filters";
import { parseSince } from "./since";

const read = (text: string) => {
  const { filters, problems } = parseRunQuery(text);
  return { set: Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== null)), problems };
};

describe("a query", () => {
  it("becomes filters, and the rest stays text", () => {
    expect(read('status:failed cost:>0.5  Q4 agent:"data analyst" sales source:shannon since:24h')).toEqual({
      set: { status: "failed", cost: ">0.5", agent: "data analyst", dialect: "shannon", since: "24h", q: "Q4 sales" },
      problems: [],
    });
    expect(read("source:prod tokens:>=10K duration:<60s cost:<=$2 model:gpt-5 session:s1").set).toEqual({
      source: "prod",
      tokens: ">=10k",
      duration: "<60s",
      cost: "<=2",
      model: "gpt-5",
      session: "s1",
    });
    expect(read('env:staging environment:"pre production"').problems).toHaveLength(1);
    expect(read("ENV:staging").set).toEqual({ environment: "staging" });
  });

  it.each<[BoundKind, string, number]>([
    ["cost", ">0.5", 5e8],
    ["cost", ">$2", 2e9],
    ["cost", ">.000000001", 1],
    ["tokens", ">7", 7],
    ["tokens", ">10k", 10_000],
    ["tokens", ">1.5M", 1_500_000],
    ["duration", ">7ms", 7],
    ["duration", ">60s", 60_000],
    ["duration", ">2m", 120_000],
    ["duration", ">3H", 10_800_000],
    ["duration", ">1d", 86_400_000],
  ])("reads the %s %s as %i", (kind, text, value) => {
    for (const op of [">", ">=", "<", "<="] as const) expect(parseBound(kind, text.replace(">", op))).toEqual({ op, value });
    expect(parseBound(kind, `x${text}`)).toHaveProperty("message");
  });

  it.each([
    ["30m", 30 * 60_000],
    ["24h", 86_400_000],
    ["7D", 7 * 86_400_000],
    ["2w", 14 * 86_400_000],
  ])("reads since:%s as so long ago", (text, ms) => {
    const nowMs = Date.UTC(2026, 0, 30);
    expect(parseSince(text, nowMs)).toEqual({ fromMs: nowMs - ms });
    expect(parseSince(`${text}x`, nowMs)).toHaveProperty("message");
  });

  it("knows other words for the same: of systems, environments and statuses, in any case", () => {
    expect(read("dialect:Crewship env:prod status:CANCELED sort:COST").set).toEqual({
      ...{ dialect: "crewship", environment: "prod", status: "cancelled", sort: "cost" },
    });
    expect(read("status:success").set).toEqual({ status: "succeeded" });
  });

  it("keeps as text what only looks like a term: addresses, ids, quoted words", () => {
    expect(read('http://x urn:a:b "cost:>1"').set).toEqual({ q: "http://x urn:a:b cost:>1" });
  });

  it.each([
    ["status:odd", 7, 3, /expected one of queued, running/],
    ["sales cost:0.5", 11, 3, /expected >, >=, < or <=/],
    ["cost:>x", 6, 1, /expected a number/],
    ["duration:>60", 12, 1, /expected ms, s, m, h or d/],
    ["tokens:>10q", 10, 1, /expected nothing, k or M/],
    ["since:yesterday", 6, 9, /expected a length of time/],
    ["since:2026-02-31T99:00", 6, 16, /expected a length of time/],
    ["since:2026-02-30", 6, 10, /expected a length of time/],
    ["sort:name", 5, 4, /expected one of cost, tokens, duration/],
    ["agent:", 6, 1, /expected a name/],
    ['agent:"data', 6, 5, /expected a closing "/],
    ["status:failed status:running", 14, 14, /status is given twice/],
    ["cost:>99999999999999999", 6, 17, /expected a smaller number/],
  ])("%s is wrong at %i for %i characters", (text, at, length, message) => {
    const { problems } = parseRunQuery(text);
    expect(problems).toEqual([{ at, length, message: expect.stringMatching(message) }]);
  });
});

const piece = fc.oneof(
  fc.string(),
  fc.constantFrom(
    " ",
    '"',
    "\\",
    ":",
    ">",
    "status:failed",
    "cost:>0.5",
    'agent:"a b"',
    "since:24h",
    "source:crewship",
    "tokens:>1k",
    "sort:cost",
  ),
  fc.tuple(fc.constantFrom(...queryKeys), fc.string()).map(([key, value]) => `${key}:${value}`),
);
const queryText = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(" "));

test("what was read prints as a query that reads the same, whatever was typed", () => {
  fc.assert(
    fc.property(queryText, (text) => {
      const { filters } = parseRunQuery(text);
      const printed = printRunQuery(filters);
      const again = parseRunQuery(printed);
      expect(again).toEqual({ filters, problems: [] });
      expect(printRunQuery(again.filters)).toBe(printed);
    }),
    { numRuns: 2_000 },
  );
});

test("every problem has a place inside the query, or right behind it", () => {
  fc.assert(
    fc.property(queryText, (text) => {
      for (const { at, length, message } of parseRunQuery(text).problems) {
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at).toBeLessThanOrEqual(text.length);
        expect(length).toBeGreaterThan(0);
        expect(message).not.toBe("");
      }
    }),
    { numRuns: 2_000 },
  );
});

test("the address carries only what is set", () => {
  expect(runFilterParams({ ...noRunFilters, status: "failed", cost: ">0.5" }).toString()).toBe("status=failed&cost=%3E0.5");
});

describe("completion", () => {
  const texts = (text: string, caret = text.length) =>
    completeRunQuery(text, caret, { agent: ["data analyst", "coder"] }).items.map((item) => item.text);

  it("offers the keys that are not used yet, then the values of the key", () => {
    expect(texts("")).toEqual(queryKeys.map((key) => `${key}:`));
    expect(texts("st")).toEqual(["status:"]);
    expect(texts("status:failed s")).toEqual(["source:", "session:", "since:", "sort:"]);
    expect(texts("sort:")).toEqual(["sort:cost", "sort:tokens", "sort:duration"]);
    expect(texts("status:fa")).toEqual(["status:failed"]);
    expect(texts("agent:da")).toEqual(['agent:"data analyst"']);
    expect(texts("cost:")).toContain("cost:>0.5");
  });

  it("says which part of the text it replaces, and nothing for a word that is complete", () => {
    expect(completeRunQuery("a status:fai b", 12)).toMatchObject({ from: 2, to: 12, items: [{ text: "status:failed" }] });
    expect(texts("status:failed")).toEqual([]);
    expect(texts("http://x")).toEqual([]);
  });
});

describe("a run that the feed reports", () => {
  const nowMs = Date.UTC(2026, 0, 5);
  const run = {
    id: "0198c0de-0000-7000-8000-000000000001",
    externalId: "wf-550e8400-ext",
    name: "Compare filings",
    status: "running",
    dialect: "shannon",
    source: "prod",
    environment: "production",
    agent: "coder",
    agentNames: ["coder", "tester"],
    models: ["gpt-5"],
    sessionId: "s1",
    cost: { reportedNanos: 4e8, estimatedNanos: 2e8 },
    tokens: { total: 12_000 },
    startedAt: new Date(nowMs - 61_000).toISOString(),
    durationMs: null,
    createdAt: new Date(nowMs - 3_700_000).toISOString(),
    stallsAt: null,
  } as unknown as RunSummary;
  const matches = (text: string, changes: Partial<RunSummary> = {}) => {
    const filters: RunFilters = parseRunQuery(text).filters;
    return matchesRun({ ...run, ...changes }, filters, nowMs);
  };

  it.each([
    "cost:>0.5",
    "tokens:>10k",
    "duration:>60s",
    "model:gpt-5",
    "since:2h",
    "source:prod",
    "env:production",
    "session:s1",
    "agent:coder",
    "agent:tester",
    "filings",
    "COMPARE",
    "wf-550e8400",
    "wf-",
    "0198c0de",
    "0198C0DE-0000-7000",
    "status:running",
  ])("is found by %s", (text) => expect(matches(text)).toBe(true));
  it.each([
    "cost:>0.6",
    "tokens:<10k",
    "duration:<60s",
    "model:gpt",
    "agent:test",
    "since:1h",
    "source:crewship",
    "env:prod",
    "status:stalled",
    "ext2",
    "wf",
    "550e",
    "0198c0d",
    "0198c0df",
    "0198c0dd",
    "0198c0de0",
    "0198c0de-0000-7000-8000-000000000001-2",
    "source:shannon-2",
    "session:s2",
  ])("is not found by %s", (text) => expect(matches(text)).toBe(false));

  it("is stalled, and not running, once its moment has passed", () => {
    const stallsAt = new Date(nowMs).toISOString();
    expect(matches("status:stalled", { stallsAt })).toBe(true);
    expect(matches("status:running", { stallsAt })).toBe(false);
  });
});
