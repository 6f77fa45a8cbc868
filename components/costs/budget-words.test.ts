import { describe, expect, it } from "vitest";
import { amountOf, crossedWords, dayWords, whoseWords } from "./budget-words";

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

  it("say how often it would have been crossed, in as much of the time as there is", () => {
    const days = { from: "2026-01-01T00:00:00.000Z", to: "2026-01-30T08:00:00.000Z" };
    const thresholds = [3, 2, 1, 0].map((fired, n) => ({ threshold: 40 + n * 20, fired }));
    expect(crossedWords({ ...days, fired: 6, thresholds }, "day")).toBe(
      "It would have been crossed 6 times in the last 30 days: 40 % 3 times, 60 % twice, 80 % once, 100 % never.",
    );
    expect(crossedWords({ ...days, from: "2025-11-01T00:00:00.000Z", fired: 0, thresholds }, "month")).toBe(
      "It would not have been crossed in the last 3 months.",
    );
    expect(crossedWords({ ...days, from: days.to, fired: 0, thresholds }, "total")).toBe("It would not have been crossed today.");
    expect(crossedWords({ ...days, fired: 0, thresholds }, "month")).toBe("It would not have been crossed this month.");
  });

  it.each([
    ["2026-01-30T00:00:00.000Z", "today"],
    ["2026-01-29T00:00:00.000Z", "yesterday"],
    ["2026-01-03T00:00:00.000Z", "on 3 Jan"],
    ["2025-11-12T00:00:00.000Z", "on 12 Nov"],
  ])("call the day %s %s", (day, word) => expect(dayWords(day, "2026-01-30T23:59:00.000Z")).toBe(word));
});
