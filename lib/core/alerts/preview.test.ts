import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countReadings, type EndedMinute, lengthReadings, pastAlerts } from "./preview";

const minuteMs = 60_000;
const limits = { warning: 1, alert: 3, forMs: 0, recoverMs: minuteMs };
const span = { fromMs: 0, toMs: 120 * minuteMs };
const at = (minute: number, failed: number, ended = failed): EndedMinute => ({ atMs: minute * minuteMs, failed, ended });

describe("a look back", () => {
  it("counts each time that failures came together once, with its worst level", () => {
    const minutes = [at(10, 1), at(12, 2), at(60, 1), at(61, 1), at(100, 5)];
    const past = pastAlerts(countReadings(minutes, { kind: "run-failed", windowMinutes: 10, minRuns: 1 }, span), limits);
    expect(past.map(({ atMs, worst }) => [atMs / minuteMs, worst])).toEqual([
      [11, "alert"],
      [61, "warning"],
      [101, "alert"],
    ]);
  });

  it("knows no error rate of fewer runs than the rule asks for", () => {
    const rule = { kind: "error-rate", windowMinutes: 10, minRuns: 4 } as const;
    const percent = { ...limits, warning: null, alert: 50 };
    expect(pastAlerts(countReadings([at(5, 3, 3)], rule, span), percent)).toEqual([]);
    expect(pastAlerts(countReadings([at(5, 3, 3), at(7, 0, 1)], rule, span), percent)).toHaveLength(1);
  });

  it("reads the error rate of the runs that ended in each window, and of no others", () => {
    const rule = { kind: "error-rate", windowMinutes: 3, minRuns: 2 } as const;
    const minutes = [at(1, 1, 4), at(2, 3, 4), at(6, 0, 2), at(7, 2, 2)];
    const read = [...countReadings(minutes, rule, { fromMs: 0, toMs: 9 * minuteMs })].map(({ value }) => value);
    expect(read).toEqual([null, 25, 50, 50, 75, null, 0, 50, 50, 100]);
  });

  it("counts what lasted for as long as its thresholds and the time of the rule say", () => {
    const past = (minutes: number, forMs = 0) =>
      pastAlerts(lengthReadings({ fromMs: 0, untilMs: minutes * minuteMs }, { ...limits, forMs }), { ...limits, forMs });
    expect(past(0.9)).toEqual([]);
    expect(past(1).map(({ worst }) => worst)).toEqual(["warning"]);
    expect(past(3)).toEqual([{ atMs: minuteMs, worst: "alert" }]);
    expect(past(3, 2 * minuteMs)).toEqual([{ atMs: 3 * minuteMs, worst: "warning" }]);
    expect(past(5, 2 * minuteMs)).toEqual([{ atMs: 3 * minuteMs, worst: "alert" }]);
  });

  it("counts in each window what lies in it, whatever the runs are", () => {
    const entries = fc.array(fc.record({ minute: fc.integer({ min: 0, max: 119 }), failed: fc.integer({ min: 1, max: 9 }) }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 30 }), (list, windowMinutes) => {
        const minutes = list.map(({ minute, failed }) => at(minute, failed)).sort((a, b) => a.atMs - b.atMs);
        for (const { atMs, value } of countReadings(minutes, { kind: "run-failed", windowMinutes, minRuns: 1 }, span)) {
          const inside = minutes.filter((one) => one.atMs < atMs && one.atMs >= atMs - windowMinutes * minuteMs);
          expect(value).toBe(inside.reduce((sum, { failed }) => sum + failed, 0));
        }
      }),
    );
  });
});
