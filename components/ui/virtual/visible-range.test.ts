import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scrollToShow, visibleRange } from "./visible-range";

describe("the rows to draw", () => {
  it("always cover what is in sight, and stay few however long the list is", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3e6 }),
        fc.integer({ min: 0, max: 2_000 }),
        fc.integer({ min: 0, max: 100_000 }),
        (scrollTop, heightPx, count) => {
          const { first, last } = visibleRange({ scrollTop, heightPx }, { count, rowPx: 28 });
          const topRow = Math.floor(scrollTop / 28);
          const bottomRow = Math.min(count, Math.ceil((scrollTop + heightPx) / 28)) - 1;
          if (topRow < count && bottomRow >= topRow) {
            expect(first).toBeLessThanOrEqual(topRow);
            expect(last).toBeGreaterThanOrEqual(bottomRow);
          }
          expect(last).toBeLessThan(count);
          expect(last - first).toBeLessThan(heightPx / 28 + 18);
        },
      ),
    );
  });

  it("do not change while the scroll stays within a block", () => {
    const at = (scrollTop: number) => visibleRange({ scrollTop, heightPx: 560 }, { count: 1_000, rowPx: 28 });
    expect(at(28 * 80)).toEqual(at(28 * 80 + 100));
  });

  it("are none for an empty list", () => {
    expect(visibleRange({ scrollTop: 0, heightPx: 500 }, { count: 0, rowPx: 28 })).toEqual({ first: 0, last: -1 });
  });
});

describe("showing a row", () => {
  const view = { scrollTop: 280, heightPx: 280 };

  it("moves nothing when the row is in sight", () => {
    expect(scrollToShow(10, 28, view)).toBe(280);
    expect(scrollToShow(19, 28, view)).toBe(280);
  });

  it("moves by the least that brings it in", () => {
    expect(scrollToShow(9, 28, view)).toBe(252);
    expect(scrollToShow(20, 28, view)).toBe(308);
  });
});
