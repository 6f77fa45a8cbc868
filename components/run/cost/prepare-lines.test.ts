import { describe, expect, it } from "vitest";
import type { CostLine } from "@/lib/core/api/cost-lines";
import type { UsageScope } from "@/lib/core/events/canonical";
import { emptySum } from "@/lib/core/usage/sum";
import { prepareCost } from "./prepare-cost";
import { linesOfRows, prepareLines } from "./prepare-lines";

const line = (more: Partial<CostLine>): CostLine => ({
  ...{ scope: "call", agent: "a", model: "m", provider: null, source: "genai-prices", price: "1,2", priceId: null, shown: true },
  ...{ events: 1, tokens: 10, nanos: 10_000, parts: [{ class: "input", tokens: 10, rate: "1", nanos: 10_000 }] },
  ...more,
});
const table = (scopes: Record<string, UsageScope>) =>
  prepareCost(Object.fromEntries(Object.entries(scopes).map(([key, scope]) => [key, emptySum(scope)]))).rows;

describe("what a figure of money is made of", () => {
  it("is one line for each price, whoever was paid at it, the most expensive first", () => {
    const output = { class: "output", tokens: 5, rate: "2", nanos: 10_000 } as const;
    const found = prepareLines(
      [line({}), line({ price: "9", nanos: 90_000 }), line({ agent: "b", nanos: 20_000, parts: [...line({}).parts, output] })],
      "estimated",
    );
    expect(found.map(({ price, events, tokens, nanos }) => [price, events, tokens, nanos])).toEqual([
      ["9", 1, 10, 90_000],
      ["1,2", 2, 20, 30_000],
    ]);
    expect(found[1]?.parts).toEqual([{ class: "input", tokens: 20, rate: "1", nanos: 20_000 }, output]);
  });

  it("keeps what was reported apart from what was estimated, and what nobody can price with the estimates", () => {
    const lines = [line({ source: "reported" }), line({ source: "changed" }), line({ source: "unpriced", nanos: 0 })];
    expect(prepareLines(lines, "reported").map(({ source }) => source)).toEqual(["reported"]);
    expect(prepareLines(lines, "estimated").map(({ source }) => source)).toEqual(["changed", "unpriced"]);
  });

  it("is of the row's own scope, and what has no row stands in the last one", () => {
    const lines = [line({}), line({ scope: "agent" }), line({ agent: "b" }), line({ agent: "c" }), line({ agent: null })];
    const of = table({ a: "agent", b: "call", "(other)": "call" });
    const named = (key: string) => linesOfRows(lines, { rows: of.filter((row) => row.key === key), of, by: "agent" });
    expect(named("a")).toEqual([lines[1]]);
    expect(named("b")).toEqual([lines[2]]);
    expect(named("(other)")).toEqual([lines[3]]);
    expect(linesOfRows(lines, { rows: of, of, by: "agent" })).toEqual([lines[1], lines[2], lines[3]]);
  });
});
