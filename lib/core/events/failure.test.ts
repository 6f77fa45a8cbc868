import { describe, expect, it } from "vitest";
import { emptyRun, fold } from "../run/fold";
import type { CanonicalEvent } from "./canonical";
import { canonicalTypes } from "./canonical";
import { isFailure, isFailureType } from "./failure";
import type { LoggedEvent } from "./logged";

const error = { message: "it broke" };
const logged = (event: CanonicalEvent): LoggedEvent => ({
  ...{ seq: 1, receivedAtMs: 1_000, source: { dialect: "shannon", type: "ANY" } },
  ...event,
});

describe("isFailure", () => {
  it("holds for every event that the run's errors are counted from", () => {
    for (const type of canonicalTypes) {
      const counted = fold(emptyRun(), [logged({ type })]).lifecycle.counts.errors > 0;
      if (counted) expect(isFailure({ type }), type).toBe(true);
    }
  });

  it("holds for what timeline and transcript draw as failed though its type does not say so", () => {
    const drawn: readonly CanonicalEvent[] = [
      { type: "tool.returned", name: "csv_loader", error },
      { type: "log.written", level: "error", text: "disk full" },
      { type: "approval.decided", approval: { id: "a", decision: "timeout" } },
    ];
    const asked = logged({ type: "approval.requested", approval: { id: "a" } });
    for (const event of drawn) {
      const state = fold(emptyRun(), [asked, { ...logged(event), seq: 2 }]);
      const isDrawn =
        state.timeline.spans.some(({ status }) => status === "failed") || state.transcript.entries.some(({ level }) => level === "error");
      expect([isFailure(event), isDrawn], event.type).toEqual([true, true]);
      expect(isFailureType(event.type)).toBe(false);
    }
  });

  it("does not hold for a warning, a budget or a person's no", () => {
    const fine: readonly CanonicalEvent[] = [
      { type: "log.written", level: "warn" },
      { type: "budget.crossed" },
      { type: "error.recovered" },
      { type: "approval.decided", approval: { decision: "denied" } },
      { type: "tool.returned" },
    ];
    expect(fine.filter(isFailure)).toEqual([]);
  });
});
