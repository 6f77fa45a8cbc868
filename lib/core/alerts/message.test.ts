import { expect, test } from "vitest";
import { type AlertMessage, aboutWords, figureWords, headlineOf, summaryOf } from "./message";
import { alertSteps } from "./words";

test("the stretch of time that a figure was found in is said as people say it", () => {
  const found = (windowMinutes: number) => figureWords({ kind: "run-failed", value: 7, threshold: 3, windowMinutes });
  expect(found(15)).toBe("7 failed runs in 15 minutes, threshold 3");
  expect(found(1_440)).toBe("7 failed runs in 24 h, threshold 3");
});

test("a length of time is said in whole units, and one that is not over is not rounded up", () => {
  const silent = (value: number) => figureWords({ kind: "stalled", value, threshold: 1.5, windowMinutes: 0 });
  for (const [value, said] of [
    [0.5, "30 s"],
    [10, "10 min"],
    [0.9999, "59 s"],
    [30.1, "30 min 06 s"],
    [59.999, "59 min 59 s"],
    [59, "59 min"],
    [60, "1 h"],
    [119, "1 h 59 min"],
    [120, "2 h"],
    [125.9, "2 h 5 min"],
  ] as const)
    expect(silent(value)).toBe(`silent for ${said}, threshold 1 min 30 s`);
});

test("a budget is said to be crossed, not to be used up: more may be spent than the threshold", () => {
  expect(figureWords({ kind: "budget-crossed", value: 100, threshold: 80, windowMinutes: 0 })).toBe("crossed 100 %, threshold 80 %");
});

test("each step has words of its own, and one that is over tells no figure any more", () => {
  const fired = { kind: "run-failed", value: 1, threshold: 1, windowMinutes: 60, ruleName: "Failed runs", about: null } as const;
  const found = "1 failed run in 1 h, threshold 1";
  expect(alertSteps.map((step) => summaryOf({ ...fired, step } as AlertMessage))).toEqual([
    ...["Firing", "Worse", "Improved", "No data"].map((words) => `${words}: Failed runs. ${found}`),
    "Recovered: Failed runs",
    ...["Still firing", "Acknowledged", "Muted", "No longer muted"].map((words) => `${words}: Failed runs. ${found}`),
    "Ended: Failed runs",
  ]);
  expect(headlineOf({ step: "fired", ruleName: "Failed runs", isTest: true })).toBe("Test: Failed runs");
});

test("a figure is rounded to a tenth", () => {
  const rate = (value: number) => figureWords({ kind: "error-rate", value, threshold: 12.34, windowMinutes: 59 });
  expect(rate(66.66)).toBe("66.7 % of the runs that ended in the last 59 minutes failed, threshold 12.3 %");
  expect(figureWords({ kind: "stalled", value: null, threshold: 1, windowMinutes: 0 })).toBeNull();
});

test("a summary ends each sentence once, whatever marks the names in it end with", () => {
  const fired = { kind: "run-failed", step: "fired", value: 1, threshold: 1, windowMinutes: 15 } as const;
  const summary = (ruleName: string, about: string | null) => summaryOf({ ...fired, ruleName, about } as AlertMessage);
  const found = "1 failed run in 15 minutes, threshold 1";
  expect(summary("Failed runs", "Nightly")).toBe(`Firing: Failed runs. Last failed: Nightly. ${found}`);
  expect(summary("Failed runs", "No run did anything.")).toBe(`Firing: Failed runs. Last failed: No run did anything. ${found}`);
  expect(summary("Failing again?!", "Fetch everything…")).toBe(`Firing: Failing again?! Last failed: Fetch everything… ${found}`);
  expect(summary("失敗。", null)).toBe(`Firing: 失敗。 ${found}`);
});

test("only a rule that watches single runs is about one; one that counts them names the last", () => {
  expect(aboutWords({ kind: "stalled", about: "Nightly" })).toBe("Nightly");
  expect(aboutWords({ kind: "error-rate", about: "Nightly" })).toBe("Last failed: Nightly");
  expect(aboutWords({ kind: "run-failed", about: null })).toBeNull();
});
