import { describe, expect, it } from "vitest";
import { amountOf, whoseWords } from "./budget-words";

describe("the words of a budget", () => {
  it.each([
    ["dollars", "5", 5_000_000_000],
    ["dollars", "0.000000001", 1],
    ["dollars", "1,250.50", 1_250_500_000_000],
    ["dollars", "0,5", 500_000_000],
    ["tokens", "20000", 20_000],
    ["tokens", "1.000,50", null],
    ["tokens", "", null],
    ["dollars", "0", null],
    ["dollars", "-1", null],
    ["dollars", "five", null],
    ["dollars", "1e300", null],
  ] as const)("takes %s %j as %s", (unit, written, amount) => expect(amountOf(unit, written)).toBe(amount));

  it("say whose", () => {
    expect(whoseWords({ scope: "agent", target: "writer" })).toBe("agent writer");
    expect(whoseWords({ scope: "run", target: null })).toBe("each run");
    expect(whoseWords({ scope: "project", target: null })).toBe("the project");
  });
});
