import { describe, expect, it } from "vitest";
import { type Finding, judge } from "./judge";
import { type AlertState, alertLevel } from "./machine";

const limits = { warning: null, alert: 5, forMs: 0, recoverMs: 0 };
const found = (key: string, value: number | null): Finding => ({ key, value, about: key, runId: null, seq: null, sinceMs: null });
const remembered = (judgements: ReturnType<typeof judge>) =>
  new Map(judgements.flatMap(({ key, state }): [string, AlertState][] => (state ? [[key, state]] : [])));

describe("judging what a rule found", () => {
  it("fires for each thing on its own and remembers nothing of those that are well", () => {
    const judgements = judge([found("a", 9), found("b", 1)], new Map(), { limits, nowMs: 1 });
    expect(judgements.map(({ key, notice, level }) => [key, notice, level])).toEqual([["a", "fired", "alert"]]);
  });

  it("takes what is no longer found for well, tells it once and then forgets it", () => {
    const firing = remembered(judge([found("a", 9)], new Map(), { limits, nowMs: 1 }));
    const [gone] = judge([], firing, { limits, nowMs: 2 });
    expect(gone).toMatchObject({ key: "a", notice: "recovered", state: null, level: "ok" });
    expect(gone?.finding).toEqual({ key: "a", value: 0, about: null, runId: null, seq: null, sinceMs: null });
  });

  it("gives an alert that goes on with its new figure and tells nobody again", () => {
    const firing = remembered(judge([found("a", 9)], new Map(), { limits, nowMs: 1 }));
    const [again] = judge([found("a", 12)], firing, { limits, nowMs: 2 });
    expect(again).toMatchObject({ step: null, notice: null, finding: { value: 12 } });
    expect(alertLevel(again?.state as AlertState)).toBe("alert");
  });
});
