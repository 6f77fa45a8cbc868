import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AlertLimits,
  type AlertReading,
  type AlertState,
  alertLevel,
  isMuted,
  isResting,
  muteAlert,
  readAlert,
  restingAlert,
} from "./machine";
import type { AlertLevel, AlertStep } from "./words";

const minute = 60_000;
const limits: AlertLimits = { warning: 50, alert: 80, forMs: 0, recoverMs: minute };

type Told = { readonly atMs: number; readonly notice: AlertStep; readonly level: AlertLevel };

function play(readings: readonly AlertReading[], given: AlertLimits, from = restingAlert): { state: AlertState; told: Told[] } {
  const told: Told[] = [];
  let state = from;
  for (const reading of readings) {
    const next = readAlert(state, reading, given);
    if (next.notice) told.push({ atMs: reading.atMs, notice: next.notice, level: alertLevel(next.state) });
    state = next.state;
  }
  return { state, told };
}

const at = (...values: (number | null)[]) => values.map((value, n) => ({ atMs: (n + 1) * minute, value }));
const steps = (readings: readonly AlertReading[], given = limits) => play(readings, given).told.map(({ notice }) => notice);

describe("an alert", () => {
  it("fires once, escalates, eases and recovers, each told once", () => {
    expect(steps(at(10, 60, 60, 90, 95, 60, 60, 60, 10, 10, 10))).toEqual(["fired", "escalated", "eased", "recovered"]);
  });

  it("goes straight to alert when the figure does, as one message", () => {
    expect(play(at(90), limits).told).toEqual([{ atMs: minute, notice: "fired", level: "alert" }]);
  });

  it("waits for as long as the rule says before it believes a figure", () => {
    const slow = { ...limits, forMs: 3 * minute };
    expect(steps(at(90, 90, 90, 10, 90, 90, 90), slow)).toEqual([]);
    expect(play(at(90, 90, 90, 90), slow).told).toEqual([{ atMs: 4 * minute, notice: "fired", level: "alert" }]);
  });

  it("does not recover from a figure that falls below only for a blink", () => {
    expect(steps(at(90, 10, 90, 10, 90))).toEqual(["fired"]);
  });

  it("is without data when nothing is known for long enough, and says so only to those who were told that it fires", () => {
    expect(steps(at(10, null, null, null, 10))).toEqual([]);
    expect(steps(at(90, null, null, 90))).toEqual(["fired", "no-data", "fired"]);
    expect(steps(at(90, null, null, 10, 10))).toEqual(["fired", "no-data", "fired", "recovered"]);
  });

  it("tells nobody while it is muted, and afterwards what is different from what was told last", () => {
    const muted = muteAlert(play(at(90), limits).state, 10 * minute, 2 * minute);
    const quiet = [3, 4, 5, 6].map((n) => ({ atMs: n * minute, value: 10 }));
    expect(play(quiet, limits, muted).told).toEqual([]);
    const after = [...quiet, { atMs: 10 * minute, value: 10 }];
    expect(play(after, limits, muted).told).toEqual([{ atMs: 10 * minute, notice: "recovered", level: "ok" }]);
    const still = [...quiet, { atMs: 8 * minute, value: 90 }, { atMs: 11 * minute, value: 90 }];
    expect(play(still, limits, muted).told).toEqual([]);
  });
});

const reading = fc.record({
  gapMs: fc.integer({ min: 0, max: 4 * minute }),
  value: fc.option(fc.integer({ min: 0, max: 100 }), { nil: null }),
});
const readings = fc.array(reading, { maxLength: 80 }).map((list) => {
  let atMs = 0;
  return list.map(({ gapMs, value }) => {
    atMs += gapMs;
    return { atMs, value };
  });
});
const anyLimits = fc.record({
  warning: fc.option(fc.integer({ min: 1, max: 49 }), { nil: null }),
  alert: fc.integer({ min: 50, max: 100 }),
  forMs: fc.integer({ min: 0, max: 5 * minute }),
  recoverMs: fc.integer({ min: 0, max: 5 * minute }),
});

describe("whatever the figures are, an alert", () => {
  it("never says the same twice in a row, and what it said last is its level unless only data is missing", () => {
    fc.assert(
      fc.property(readings, anyLimits, (given, rule) => {
        const { state, told } = play(given, rule);
        for (const [n, one] of told.entries()) expect(one.level).not.toBe(told[n - 1]?.level ?? "ok");
        const level = alertLevel(state);
        expect([level, "ok"]).toContain(state.told);
        if (state.told !== level) expect(level).toBe("no-data");
      }),
    );
  });

  it("recovers as often as it was begun, or once less", () => {
    fc.assert(
      fc.property(readings, anyLimits, (given, rule) => {
        let open = false;
        for (const { notice } of play(given, rule).told) {
          if (notice === "recovered") expect(open).toBe(true);
          open = notice !== "recovered";
        }
      }),
    );
  });

  it("does not flap: between firing and recovery lies at least the time of recovery, and before firing the time of the rule", () => {
    fc.assert(
      fc.property(readings, anyLimits, (given, rule) => {
        const { told } = play(given, rule);
        for (const [n, { notice, atMs }] of told.entries()) {
          const before = told[n - 1];
          if (notice === "recovered" && before && before.notice !== "no-data")
            expect(atMs - before.atMs).toBeGreaterThanOrEqual(rule.recoverMs);
          if (notice === "fired" && before?.notice === "recovered") expect(atMs - before.atMs).toBeGreaterThanOrEqual(rule.forMs);
        }
      }),
    );
  });

  it("never is at its alert without being at its warning", () => {
    fc.assert(
      fc.property(readings, anyLimits, (given, rule) => {
        let state = restingAlert;
        for (const one of given) {
          state = readAlert(state, one, rule).state;
          if (state.alert.on) expect(state.warning.on || rule.warning === null || state.warning.turningSinceMs !== null).toBe(true);
        }
      }),
    );
  });

  it("is not moved by a figure that is read again or comes from before, and survives JSON", () => {
    fc.assert(
      fc.property(readings, anyLimits, (given, rule) => {
        let state = restingAlert;
        for (const one of given) {
          state = readAlert(state, one, rule).state;
          expect(readAlert(state, one, rule)).toEqual({ state, notice: null });
          const older = readAlert(state, { atMs: state.atMs - 1, value: 100 }, rule);
          expect(older.state).toBe(state);
          expect(JSON.parse(JSON.stringify(state))).toEqual(state);
        }
      }),
    );
  });

  it("is silent for as long as it is muted, whenever that begins", () => {
    fc.assert(
      fc.property(readings, anyLimits, fc.nat(79), fc.integer({ min: 1, max: 30 * minute }), (given, rule, place, lengthMs) => {
        const before = play(given.slice(0, place), rule).state;
        const fromMs = given[place]?.atMs ?? 0;
        const { told } = play(given.slice(place), rule, muteAlert(before, fromMs + lengthMs, fromMs));
        for (const { atMs } of told) expect(isMuted({ mutedUntilMs: fromMs + lengthMs }, atMs)).toBe(false);
      }),
    );
  });

  it("comes to rest when all has been well for long enough", () => {
    fc.assert(
      fc.property(readings, anyLimits, (given, rule) => {
        const endMs = (given.at(-1)?.atMs ?? 0) + minute;
        const calm = [0, rule.recoverMs, rule.recoverMs + 1].map((ms) => ({ atMs: endMs + ms, value: 0 }));
        const { state } = play([...given, ...calm], rule);
        expect(alertLevel(state)).toBe("ok");
        expect(isResting(state)).toBe(true);
      }),
    );
  });
});
