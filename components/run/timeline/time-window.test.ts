import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { axisTicks, tickLabel } from "./axis-ticks";
import { fitWindow, minWindowMs, panWindow, parseWindow, windowText, windowWithin, zoomWindow } from "./time-window";

describe("the time window", () => {
  it("holds a finished run with a little air at the end", () => {
    expect(fitWindow(45_000, false)).toEqual({ fromMs: 0, toMs: 45_900 });
    expect(fitWindow(0, false).toMs).toBe(minWindowMs);
  });

  it("of a run whose end alone is held begins where that does, and stays there whatever is zoomed", () => {
    expect(fitWindow(100_000, false, { fromMs: 90_000 })).toEqual({ fromMs: 90_000, toMs: 100_200 });
    const live = fitWindow(100_000, true, { fromMs: 95_000 });
    expect(live).toEqual({ fromMs: 95_000, toMs: 105_000 });
    const closer = zoomWindow(live, 4, { atMs: 95_500, bounds: live });
    expect(closer.fromMs).toBeGreaterThanOrEqual(95_000);
    expect(zoomWindow(closer, 0.01, { atMs: 95_000, bounds: live }).fromMs).toBe(95_000);
  });

  it("leaves room behind the last bar for its figure, also while the run goes on", () => {
    for (const live of [true, false]) {
      const { fromMs, toMs } = fitWindow(60_000, live, { fromMs: 20_000, room: 0.1 });
      expect((60_000 - fromMs) / (toMs - fromMs)).toBeLessThanOrEqual(0.9);
    }
  });

  it("stands still for a quarter of a live run's length before it grows", () => {
    const ends = new Set(Array.from({ length: 100 }, (_, i) => fitWindow(20_000 + i * 40, true).toMs));
    expect(ends.size).toBeLessThanOrEqual(2);
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e9 }), (length) => fitWindow(length, true).toMs >= length * 0.999999));
  });

  it("keeps the moment under the pointer where it is while zooming in", () => {
    const bounds = { fromMs: 0, toMs: 1_000 };
    const next = zoomWindow(bounds, 2, { atMs: 250, bounds });
    expect(next).toEqual({ fromMs: 125, toMs: 625 });
  });

  it("never leaves the run, never gets shorter than the smallest window, whatever is zoomed and panned", () => {
    const bounds = { fromMs: 0, toMs: 90_000 };
    const move = fc.record({
      factor: fc.double({ min: 0.01, max: 100, noNaN: true }),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      by: fc.integer(),
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 20 }), (moves) => {
        let window = bounds;
        for (const { factor, at, by } of moves) {
          const atMs = window.fromMs + at * (window.toMs - window.fromMs);
          window = panWindow(zoomWindow(window, factor, { atMs, bounds }), by, bounds);
          expect(window.fromMs).toBeGreaterThanOrEqual(0);
          expect(window.toMs - window.fromMs).toBeGreaterThanOrEqual(minWindowMs * 0.999);
          expect(window.toMs).toBeLessThanOrEqual(bounds.toMs * 1.051);
        }
      }),
    );
  });
});

describe("a window in the address", () => {
  it("comes back as it was written, to the millisecond", () => {
    const window = fc.tuple(fc.nat(1e9), fc.integer({ min: 1, max: 1e9 })).map(([fromMs, length]) => ({ fromMs, toMs: fromMs + length }));
    fc.assert(
      fc.property(window, (one) => {
        expect(parseWindow(windowText(one))).toEqual(one);
      }),
    );
  });

  it("is nothing where somebody mistyped it, and stays inside a run that is shorter", () => {
    for (const text of ["", "x", "5", "9-3", "4-4", "-1-5", "1e9-2e9", "1-2-3", "99999999999999-1"]) expect(parseWindow(text)).toBe(null);
    const typed = fc.string({ unit: fc.constantFrom(..."0123456789-e. ") });
    fc.assert(fc.property(typed, (text) => parseWindow(text) === null || /^\d+-\d+$/.test(text)));
    expect(windowWithin({ fromMs: 8_000, toMs: 9_000 }, { fromMs: 0, toMs: 5_000 })).toEqual({ fromMs: 4_000, toMs: 5_000 });
    expect(windowWithin({ fromMs: 0, toMs: 9_000 }, { fromMs: 0, toMs: 5_000 })).toBe(null);
    expect(windowWithin({ fromMs: 1_000, toMs: 1_001 }, { fromMs: 0, toMs: 5_000 })?.toMs).toBeCloseTo(1_000.5 + minWindowMs / 2);
  });
});

describe("the time axis", () => {
  it("uses round moments that leave room for their labels", () => {
    expect(axisTicks({ fromMs: 0, toMs: 45_900 }, 800).map(({ label }) => label)).toEqual(["0", "10 s", "20 s", "30 s", "40 s"]);
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 1e11 }), fc.integer({ min: 100, max: 2_000 }), (toMs, widthPx) => {
        const ticks = axisTicks({ fromMs: 0, toMs }, widthPx);
        const gapsPx = ticks.slice(1).map((tick, i) => ((tick.atMs - (ticks[i]?.atMs ?? 0)) / toMs) * widthPx);
        return ticks.length > 0 && gapsPx.every((gap) => gap >= 80);
      }),
    );
  });

  it("writes moments no longer than the step needs", () => {
    expect([tickLabel(250, 50), tickLabel(1_250, 50), tickLabel(12_000, 2_000), tickLabel(185_000, 5_000)]).toEqual([
      "250 ms",
      "1.25 s",
      "12 s",
      "3:05",
    ]);
    expect([tickLabel(7_385_000, 5_000), tickLabel(108_000_000, 21_600_000), tickLabel(61_200, 200)]).toEqual([
      "2:03:05",
      "1 d 06 h",
      "1:01.200",
    ]);
  });

  it("counts the true time on both sides of a fold, and not within it", () => {
    const hour = 3_600_000;
    const folds = [{ fromMs: 20_000, toMs: 20_000 + hour, shownMs: 3_000 }];
    const ticks = axisTicks({ fromMs: 0, toMs: 45_900 }, 800, folds);
    expect(ticks.map(({ atMs, label }) => [atMs, label])).toEqual([
      [0, "0"],
      [10_000, "10 s"],
      [20_000, "20 s"],
      [23_000, "1:00:20"],
      [33_000, "1:00:30"],
      [43_000, "1:00:40"],
    ]);
    expect(axisTicks({ fromMs: 0, toMs: 24_000 }, 800, [{ fromMs: 20_000, toMs: null, shownMs: 3_000 }]).at(-1)?.label).toBe("20 s");
    expect(axisTicks({ fromMs: 21_000, toMs: 22_000 }, 800, folds)).toEqual([]);
  });

  it("has no tick where there is no width", () => {
    expect(axisTicks({ fromMs: 0, toMs: 100 }, 0)).toEqual([]);
  });
});
