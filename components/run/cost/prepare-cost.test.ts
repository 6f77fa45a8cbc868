import { describe, expect, it } from "vitest";
import type { UsageSum } from "@/lib/core/usage/state";
import { prepareCost, reportedFigures } from "./prepare-cost";

const none: UsageSum = {
  ...{ scope: "call", events: 1, input: 0, output: 0, cachedRead: 0, cachedWrite: 0, reasoning: 0, total: 0 },
  ...{ reportedNanos: 0, costed: 0, estimatedNanos: 0, unpriced: 0 },
};
const sum = (more: Partial<UsageSum>): UsageSum => ({ ...none, ...more });

describe("the cost tables", () => {
  it("put the most expensive first and give each its share of the money", () => {
    const table = prepareCost({
      small: sum({ reportedNanos: 10, estimatedNanos: 15 }),
      large: sum({ reportedNanos: 75 }),
      free: sum({ total: 900 }),
    });
    expect(table.rows.map(({ key, share }) => [key, share])).toEqual([
      ["large", 0.75],
      ["small", 0.25],
      ["free", 0],
    ]);
    expect(table.total).toMatchObject({ reportedNanos: 85, estimatedNanos: 15, total: 900, events: 3 });
  });

  it("add up every figure, and equal rows keep their places by tokens, then by name", () => {
    const each = { input: 1, output: 2, cachedRead: 3, cachedWrite: 4, reasoning: 5, total: 15, costed: 6, unpriced: 7 };
    const rows = { b: sum(each), more: sum({ ...each, total: 16 }), a: sum(each) };
    const { total, rows: sorted } = prepareCost(rows);
    expect(total).toEqual({
      ...{ events: 3, input: 3, output: 6, cachedRead: 9, cachedWrite: 12, reasoning: 15, total: 46 },
      ...{ reportedNanos: 0, costed: 18, estimatedNanos: 0, unpriced: 21 },
    });
    expect(sorted.map(({ key }) => key)).toEqual(["more", "a", "b"]);
  });

  it("give no share where nothing has a price, instead of a division by zero", () => {
    expect(prepareCost({ local: sum({ total: 10, unpriced: 2 }) }).rows[0]).toMatchObject({ share: null, totalNanos: 0 });
    expect(prepareCost({}).rows).toEqual([]);
  });
});

describe("the sender's own figures", () => {
  const cost = { runReportedNanos: 81, callsReportedNanos: 78, agentsReportedNanos: 0 };

  it("stand side by side with their difference and are never added", () => {
    expect(reportedFigures(cost)).toEqual([
      { scope: "run", nanos: 81, differsBy: null },
      { scope: "calls", nanos: 78, differsBy: -3 },
      { scope: "agents", nanos: null, differsBy: null },
    ]);
  });

  it("have no difference where the run does not report a total", () => {
    expect(reportedFigures({ ...cost, runReportedNanos: null }).map(({ differsBy }) => differsBy)).toEqual([null, null, null]);
  });
});
