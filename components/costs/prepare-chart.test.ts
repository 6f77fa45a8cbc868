import { describe, expect, it } from "vitest";
import type { CostFigures, CostPoint, CostReport } from "@/lib/core/api/costs";
import { costLengths, maxCostPoints, namedSpan } from "@/lib/core/costs/cost-span";
import { costsCsv, pointsCsv } from "./costs-csv";
import { burnPerHour, change, costPerSuccess, hasCorrections, projectedMonth, unpricedShare } from "./pace";
import { prepareChart, restColor } from "./prepare-chart";

const none: CostFigures = {
  ...{ reports: 0, tokens: 0, input: 0, output: 0, cachedRead: 0, cachedWrite: 0, reasoning: 0 },
  ...{ reportedNanos: 0, estimatedNanos: 0, unpriced: 0 },
};
const group = (label: string, figures: Partial<CostFigures> = {}) => ({
  key: label,
  label,
  dialect: null,
  source: null,
  figures: { ...none, ...figures },
});
const point = (at: string, place: number, figures: Partial<CostPoint>): CostPoint => ({
  ...{ at, group: place, tokens: 0, reportedNanos: 0, estimatedNanos: 0, unpriced: 0 },
  ...figures,
});

function report(more: Partial<CostReport>): CostReport {
  return {
    ...{ from: "2026-03-01T10:00:00.000Z", to: "2026-03-01T13:20:00.000Z", bucket: "hour", groupBy: "agent" },
    outcomes: { succeeded: 0, failed: 0 },
    ...{ totals: none, previous: none, groups: [], rest: { groups: 0, figures: none }, points: [] },
    pace: { at: "2026-03-11T00:00:00.000Z", quarterHour: none, day: none, month: none },
    ...more,
  };
}

it("a table has corrections where any group has less than nothing of something", () => {
  const of = (figures: Partial<CostFigures>) => hasCorrections(report({ groups: [group("a"), group("b", figures)] }));
  expect(of({ estimatedNanos: 5 })).toBe(false);
  expect(of({ reportedNanos: 5, estimatedNanos: -1 })).toBe(true);
  expect(of({ cachedRead: -1 })).toBe(true);
});

describe("the chart", () => {
  it("has a bar for every bucket, the empty and the cut one too, shows reported below estimated, and colours by name", () => {
    const chart = prepareChart(
      report({
        groups: [group("writer"), group("reader")],
        points: [
          point("2026-03-01T10:00:00.000Z", 0, { reportedNanos: 5, estimatedNanos: 3 }),
          point("2026-03-01T12:00:00.000Z", 1, { estimatedNanos: 7, unpriced: 2 }),
          point("2026-03-01T12:00:00.000Z", -1, { reportedNanos: 11 }),
        ],
      }),
      "money",
    );
    expect(chart.series.map(({ label, estimated, color }) => [label, estimated, color])).toEqual([
      ["writer", false, 1],
      ["All others", false, restColor],
      ["reader", true, 0],
      ["writer", true, 1],
    ]);
    expect(chart.bars.map((bar) => bar.values)).toEqual([
      [5, 0, 0, 3],
      [0, 0, 0, 0],
      [0, 11, 7, 0],
      [0, 0, 0, 0],
    ]);
    expect(chart.bars.map((bar) => bar.unpriced)).toEqual([0, 0, 2, 0]);
  });

  it("keeps a correction, which is negative, and draws nothing for a point outside of its time", () => {
    const points = [point("2026-03-01T11:00:00.000Z", 0, { tokens: -40 }), point("2026-03-02T11:00:00.000Z", 0, { tokens: 9 })];
    const chart = prepareChart(report({ groups: [group("a")], points }), "tokens");
    expect(chart.bars.map((bar) => bar.values)).toEqual([[0], [-40], [0], [0]]);
  });

  it("has at most a thousand bars in every range that can be chosen", () => {
    for (const range of costLengths) {
      const { fromMs, toMs, bucket } = namedSpan(range, Date.parse("2026-03-01T10:59:59.999Z"));
      const chart = prepareChart(report({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), bucket }), "money");
      expect(chart.bars.length).toBeLessThanOrEqual(maxCostPoints);
      expect(chart.bars.length).toBe({ "1h": 60, "6h": 360, "24h": 24, "7d": 168, "30d": 30, "90d": 90 }[range]);
    }
  });
});

describe("the pace", () => {
  it("is the last quarter of an hour as an hour, and the month so far with its remaining days like the last one", () => {
    const pace = {
      at: "2026-03-11T12:00:00.000Z",
      quarterHour: { ...none, reportedNanos: 25, estimatedNanos: 5 },
      day: { ...none, reportedNanos: 1_000, estimatedNanos: 10 },
      month: { ...none, reportedNanos: 7_000, estimatedNanos: 100 },
    };
    expect(burnPerHour(pace)).toMatchObject({ reportedNanos: 100, estimatedNanos: 20 });
    expect(projectedMonth(pace)).toMatchObject({ reportedNanos: 7_000 + 20_500, estimatedNanos: 100 + 205 });
  });

  it("says of each amount that is worked out how much of what it is made of has no price", () => {
    const unpriced = { ...none, reportedNanos: 60, unpriced: 3 };
    const pace = { at: "2026-03-31T23:00:00.000Z", quarterHour: unpriced, day: unpriced, month: { ...unpriced, unpriced: 5 } };
    expect(burnPerHour(pace)).toEqual({ reportedNanos: 240, estimatedNanos: 0, unpriced: 3 });
    expect(projectedMonth(pace).unpriced).toBe(5);
    expect(costPerSuccess(unpriced, 20)).toEqual({ reportedNanos: 3, estimatedNanos: 0, unpriced: 3 });
  });

  it("compares with nothing where nothing was before, and has no share of no reports", () => {
    expect(change(150, 100)).toBe(0.5);
    expect(change(0, 100)).toBe(-1);
    expect(change(5, 0)).toBeNull();
    expect(unpricedShare({ ...none, reports: 8, unpriced: 2 })).toBe(0.25);
    expect(unpricedShare(none)).toBeNull();
  });
});

describe("the CSV", () => {
  const head = "reports,tokens_total,tokens_input,tokens_cached_read,tokens_cached_write,tokens_output,tokens_reasoning";
  const money = "cost_reported_usd,cost_estimated_usd,unpriced";

  it("has dollars and rounds nothing, sums the same, and lets no name be run as a formula", () => {
    const figures = { reports: 2, tokens: 30, reportedNanos: 12_500_001, estimatedNanos: -7 };
    const csv = costsCsv(
      report({
        totals: { ...none, ...figures, reportedNanos: Number.MAX_SAFE_INTEGER },
        groups: [group('=HYPERLINK("x"),y', figures)],
        rest: { groups: 3, figures: none },
      }),
    );
    expect(csv.split("\r\n")).toEqual([
      `agent,${head},${money}`,
      '"\'=HYPERLINK(""x""),y",2,30,0,0,0,0,0,0.012500001,-0.000000007,0',
      "(3 others),0,0,0,0,0,0,0,0.000000000,0.000000000,0",
      "(all),2,30,0,0,0,0,0,9007199.254740991,-0.000000007,0",
      "",
    ]);
  });

  it("of the chart has a line for each group of each bar, and what all others come to", () => {
    const csv = pointsCsv(
      report({
        groupBy: "model",
        groups: [group("gpt-5"), group("+x")],
        points: [
          point("2026-03-01T10:00:00.000Z", -1, { tokens: 3, unpriced: 1 }),
          point("2026-03-01T10:00:00.000Z", 1, { tokens: 5, reportedNanos: 1_000_000_000 }),
          point("2026-03-01T11:00:00.000Z", 0, { tokens: 7, estimatedNanos: 2 }),
        ],
      }),
    );
    expect(csv.split("\r\n")).toEqual([
      `hour,model,tokens_total,${money}`,
      "2026-03-01T10:00:00.000Z,(all others),3,0.000000000,0.000000000,1",
      "2026-03-01T10:00:00.000Z,'+x,5,1.000000000,0.000000000,0",
      "2026-03-01T11:00:00.000Z,gpt-5,7,0.000000000,0.000000002,0",
      "",
    ]);
  });
});
