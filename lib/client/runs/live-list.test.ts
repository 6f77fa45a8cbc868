import { afterEach, expect, test } from "vitest";
import type { RunSummary } from "@/lib/core/api/run";
import { setServerAheadMs } from "../time/shared-clock";
import { addPage, insertRuns, type RunPages, unlisted, updateListed } from "./live-list";
import { noRunFilters } from "./run-filters";

const run = (id: string, rest: Partial<RunSummary> = {}) =>
  ({ id, externalId: `ext-${id}`, name: id, agent: null, status: "running", dialect: "shannon", lastSeq: 1, ...rest }) as RunSummary;
const pagesOf = (...pages: { ids: string[]; nextCursor: string | null }[]): RunPages => ({
  pages: pages.map(({ ids, nextCursor }) => ({ runs: ids.map((id) => run(id)), nextCursor })),
  pageParams: pages.map(() => null),
});
const idsOf = (pages: RunPages) => pages.pages.map((page) => page.runs.map(({ id }) => id));
const updates = (...runs: RunSummary[]) => new Map(runs.map((each) => [each.id, each]));

afterEach(() => setServerAheadMs(0));

test("a listed run changes in its place, and everything else keeps its identity", () => {
  const pages = pagesOf({ ids: ["9", "8"], nextCursor: "8" }, { ids: ["7", "6"], nextCursor: null });
  const next = updateListed(pages, updates(run("7", { status: "failed", lastSeq: 5 })));
  expect(idsOf(next)).toEqual(idsOf(pages));
  expect(next.pages[1]?.runs[0]?.status).toBe("failed");
  expect(next.pages[0]).toBe(pages.pages[0]);
  expect(next.pages[1]?.runs[1]).toBe(pages.pages[1]?.runs[1]);
});

test("a summary older than the listed one changes nothing", () => {
  const pages = pagesOf({ ids: ["9"], nextCursor: null });
  expect(updateListed(pages, updates(run("9", { lastSeq: 0 })))).toBe(pages);
});

test("only a run that this list should show, and does not, counts as new", () => {
  const pages = pagesOf({ ids: ["9", "7"], nextCursor: "7" });
  const filters = { ...noRunFilters, status: "running" as const };
  const heard = [run("9"), run("95"), run("96", { status: "failed" }), run("8"), run("5")];
  expect(unlisted(pages, heard, filters).map(({ id }) => id)).toEqual(["95", "8"]);
});

test("with the whole list loaded, an older run that begins to match counts too", () => {
  const pages = pagesOf({ ids: ["9", "7"], nextCursor: null });
  expect(unlisted(pages, [run("5")], noRunFilters).map(({ id }) => id)).toEqual(["5"]);
});

test("new runs enter where the server's order has them, once, across pages", () => {
  const pages = pagesOf({ ids: ["90", "80"], nextCursor: "80" }, { ids: ["70", "60"], nextCursor: null });
  const next = insertRuns(pages, [run("95"), run("85"), run("65"), run("70"), run("10")], null);
  expect(idsOf(next)).toEqual([
    ["95", "90", "85", "80"],
    ["70", "65", "60", "10"],
  ]);
});

test("in a list sorted by cost a new run enters among those that cost as much, and waits below for a page that is not read", () => {
  const costing = (id: string, nanos: number) => run(id, { cost: { reportedNanos: nanos, estimatedNanos: 0 } as RunSummary["cost"] });
  const pages: RunPages = {
    pages: [{ runs: [costing("1", 900), costing("3", 500), costing("2", 500)], nextCursor: "more" }],
    pageParams: [null],
  };
  const heard = [costing("8", 600), costing("7", 500), costing("9", 100)];
  const fresh = unlisted(pages, heard, { ...noRunFilters, sort: "cost" });
  expect(fresh.map(({ id }) => id)).toEqual(["8", "7"]);
  expect(idsOf(insertRuns(pages, fresh, "cost"))).toEqual([["1", "8", "7", "3", "2"]]);
});

test("a further page is put behind the list as it is by now, and a list that was read anew is as it was read", () => {
  const now = pagesOf({ ids: ["late", "9"], nextCursor: "9" });
  const before = pagesOf({ ids: ["9"], nextCursor: "9" });
  const read = pagesOf({ ids: ["9"], nextCursor: "9" }, { ids: ["8"], nextCursor: null });
  expect(idsOf(addPage(now, read))).toEqual([["late", "9"], ["8"]]);
  expect(addPage(now, before)).toBe(before);
  expect(addPage(undefined, before)).toBe(before);
});

test("whether a run has stalled is told by the server's clock, not by a browser's that is an hour fast", () => {
  const hourMs = 3_600_000;
  setServerAheadMs(-hourMs);
  const heard = run("9", { stallsAt: new Date(Date.now() - hourMs / 2).toISOString() });
  const pages = pagesOf({ ids: [], nextCursor: null });
  expect(unlisted(pages, [heard], { ...noRunFilters, status: "running" })).toEqual([heard]);
  expect(unlisted(pages, [heard], { ...noRunFilters, status: "stalled" })).toEqual([]);
});
