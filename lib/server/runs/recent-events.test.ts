import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "@/lib/core/events/logged";
import { RecentEvents } from "./recent-events";

const events = (from: number, to: number, rawText = "{}") =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ event: { seq: from + index } as LoggedEvent, rawText }));
const seqs = (list: readonly LoggedEvent[] | null) => list?.map(({ seq }) => seq);

describe("the recent events", () => {
  it("are given once, in order, and only when all of them are here", () => {
    const recent = new RecentEvents();
    recent.keep("a", events(5, 9));
    recent.keep("a", events(10, 12));
    expect(recent.take("a", 3, 4)).toBeNull();
    expect(recent.take("a", 9, 5)).toBeNull();
    expect(seqs(recent.take("a", 6, 5))).toEqual([6, 7, 8, 9, 10]);
    expect(recent.take("a", 6, 5)).toBeNull();
    expect(seqs(recent.take("a", 11, 2))).toEqual([11, 12]);
    expect(recent.take("b", 1, 1)).toBeNull();
  });

  it("never bridge a hole: what lies before it is let go", () => {
    const recent = new RecentEvents();
    recent.keep("a", events(1, 5));
    recent.keep("a", events(8, 10));
    expect(recent.take("a", 4, 5)).toBeNull();
    expect(seqs(recent.take("a", 8, 3))).toEqual([8, 9, 10]);
  });

  it("are let go of when they are long: thirty thousand of a megabyte each would be more than there is", () => {
    const recent = new RecentEvents();
    recent.keep("a", events(1, 5));
    recent.keep("a", events(6, 7, "x".repeat(1_000_000)));
    expect(recent.take("a", 1, 5)).toBeNull();
    recent.keep("a", events(8, 9));
    expect(seqs(recent.take("a", 8, 2))).toEqual([8, 9]);
  });

  it("stay few: the run that did not grow for longest leaves first", () => {
    const recent = new RecentEvents();
    recent.keep("old", events(1, 15_000));
    recent.keep("new", events(1, 15_000));
    recent.keep("old", events(15_001, 15_001));
    expect(recent.take("new", 1, 1)).toBeNull();
    expect(recent.take("old", 1, 15_001)).toHaveLength(15_001);
    recent.keep("huge", events(1, 40_000));
    expect(recent.take("huge", 1, 1)).toBeNull();
  });
});
