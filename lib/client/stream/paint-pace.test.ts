import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FrameQueue } from "./frame-queue";
import { PaintPace } from "./paint-pace";
import { ManualClock } from "./testing/manual-clock";

const frameMs = 16;

/** A page whose frames come as the clock is turned and whose drawings take what they are told to. */
function openPage(drawMs: number) {
  const clock = new ManualClock();
  const from = clock.now();
  let press = () => {};
  const pace = new PaintPace({
    now: clock.now,
    after: clock.after,
    frame: (action) => clock.after(frameMs - ((clock.now() - from) % frameMs), action),
    onInput: (listener) => {
      press = listener;
    },
  });
  const drawn: { atMs: number; items: readonly number[] }[] = [];
  const queue = new FrameQueue<number>(
    (items) => {
      drawn.push({ atMs: clock.now() - from, items });
      clock.advance(drawMs);
    },
    { pace: () => pace, after: clock.after },
  );
  return { clock, queue, drawn, press: () => press(), nowMs: () => clock.now() - from };
}

describe("what the stream brings", () => {
  test("is drawn in the next frame when nothing was drawn just before", () => {
    const { clock, queue, drawn } = openPage(60);
    for (let event = 0; event < 5; event++) {
      queue.push([event]);
      clock.advance(frameMs);
      expect(drawn).toHaveLength(event + 1);
      clock.advance(1_000);
    }
  });

  test("comes out once each, in order, however long a drawing takes and whoever presses meanwhile", () => {
    const step = fc.record({ waitMs: fc.integer({ min: 0, max: 60 }), items: fc.integer({ min: 0, max: 4 }), press: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 0, max: 700 }), (steps, drawMs) => {
        const { clock, queue, drawn, press } = openPage(drawMs);
        let pushed = 0;
        for (const { waitMs, items, press: pressed } of steps) {
          if (pressed) press();
          queue.push(Array.from({ length: items }, () => pushed++));
          clock.advance(waitMs);
        }
        clock.advance(2_000);
        expect(drawn.flatMap(({ items }) => items)).toEqual(Array.from({ length: pushed }, (_, index) => index));
      }),
    );
  });

  test("takes no more than two fifths of the page's time, on a slow machine as on a fast one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 160 }), (drawMs) => {
        const { clock, queue, drawn, nowMs } = openPage(drawMs);
        while (nowMs() < 20_000) {
          queue.push([0]);
          clock.advance(4);
        }
        expect(drawn.length * drawMs).toBeLessThan(nowMs() * 0.4);
      }),
    );
  });

  test("is never kept for much longer than half a second, not by slow drawings and not by somebody who types on", () => {
    const { clock, queue, drawn, press, nowMs } = openPage(300);
    while (nowMs() < 10_000) {
      queue.push([nowMs()]);
      press();
      clock.advance(8);
    }
    for (const { atMs, items } of drawn) for (const pushedMs of items) expect(atMs - pushedMs).toBeLessThanOrEqual(500 + 300 + frameMs);
    expect(drawn.length).toBeGreaterThan(10);
  });
});

describe("a press", () => {
  test("is answered and painted before the stream is drawn", () => {
    const { clock, queue, drawn, press } = openPage(60);
    queue.push([1]);
    clock.advance(frameMs - 1);
    press();
    clock.advance(1);
    expect(drawn).toEqual([]);
    clock.advance(2 * frameMs);
    expect(drawn).toHaveLength(1);
  });
});

test("a queue that was cleared hands nothing over, and works on", () => {
  const { clock, queue, drawn } = openPage(1);
  queue.push([1]);
  queue.clear();
  clock.advance(2_000);
  expect(drawn).toEqual([]);
  queue.push([2]);
  clock.advance(frameMs);
  expect(drawn.map(({ items }) => items)).toEqual([[2]]);
});

test("two queues are drawn in one go, so that the page renders once", () => {
  const clock = new ManualClock();
  const frames: (() => void)[] = [];
  const pace = new PaintPace({ now: clock.now, after: clock.after, frame: (action) => frames.push(action), onInput: () => {} });
  const heard: string[] = [];
  const place = { pace: () => pace, after: clock.after };
  new FrameQueue<number>(() => heard.push("feed"), place).push([1]);
  new FrameQueue<number>(() => heard.push("run"), place).push([1]);
  expect(frames).toHaveLength(1);
  frames[0]?.();
  expect(heard).toEqual(["feed", "run"]);
});
