import { describe, expect, it } from "vitest";
import { pricedNanos, rateOf, rateText } from "./rates";

const none = { cachedRead: null, cachedWrite: null, reasoning: null };
const tokens = { input: 0, cachedRead: 0, cachedWrite: 0, output: 0, reasoning: 0 };

describe("a written price", () => {
  it.each([
    ["2.5", 2_500_000_000],
    ["0", 0],
    ["0.000000001", 1],
    ["1000000", 1_000_000_000_000_000],
    ["0.1", 100_000_000],
    ["16.05", 16_050_000_000],
  ])("%s is exact and comes back as it was", (text, rate) => {
    expect(rateOf(text)).toBe(rate);
    expect(rateText(rate)).toBe(text);
  });

  it.each(["", "-1", "1e3", "0.0000000001", "1,5", "NaN", "1000000.1", "1000001", "10000000", ".5", "5."])("%j is refused", (text) =>
    expect(rateOf(text)).toBeNull(),
  );
});

/** Hand-computed. A dollar per million tokens is 1,000 nano-dollars a token. */
describe("what tokens cost by a project's own price, to the nano-dollar", () => {
  it.each([
    ["input and output", { input: 2_000_000_000, output: 8_000_000_000, ...none }, { input: 100, output: 50 }, 100 * 2_000 + 50 * 8_000],
    [
      "classes without a price are paid as what they are a part of",
      { input: 3_000_000_000, output: 15_000_000_000, ...none },
      { input: 600, cachedRead: 400, cachedWrite: 31, output: 50, reasoning: 20 },
      (600 + 400 + 31) * 3_000 + 50 * 15_000,
    ],
    [
      "each class by its own price",
      { input: 3_000_000_000, output: 15_000_000_000, cachedRead: 300_000_000, cachedWrite: 3_750_000_000, reasoning: 20_000_000_000 },
      { input: 600, cachedRead: 400, cachedWrite: 31, output: 50, reasoning: 20 },
      600 * 3_000 + 400 * 300 + 31 * 3_750 + 30 * 15_000 + 20 * 20_000,
    ],
    ["half a nano-dollar is rounded up", { input: 500_000, output: 0, ...none }, { input: 1 }, 1],
    ["less than half is rounded down", { input: 499_999, output: 0, ...none }, { input: 1 }, 0],
    ["the sum is rounded once, not each class", { input: 400_000, output: 400_000, ...none }, { input: 1, output: 1 }, 1],
    ["beyond what a float can multiply", { input: 999_999_999, output: 0, ...none }, { input: 9_007_199_254 }, 9_007_199_244_993],
  ])("%s", (_, rates, used, nanos) => expect(pricedNanos(rates, { ...tokens, ...used })).toBe(nanos));

  it("is unknown where reasoning has its own price and is more than the output that it is a part of", () => {
    const used = { ...tokens, output: 10, reasoning: 11 };
    expect(pricedNanos({ input: 1, output: 1, ...none, reasoning: 1 }, used)).toBeNull();
    expect(pricedNanos({ input: 1_000_000_000, output: 1_000_000_000, ...none }, used)).toBe(10_000);
  });
});
