import fc from "fast-check";
import { expect, test } from "vitest";
import { GapFreeCursor } from "./gap-free-cursor";
import { eventOf } from "./testing/event-of";
import { ManualClock } from "./testing/manual-clock";

const length = 60;
const seqs = Array.from({ length }, (_, index) => index + 1);

/** What one delivery may be: a stretch of the log that overlaps, repeats or jumps; with failing reads in between. */
const delivery = fc.record({ first: fc.integer({ min: 1, max: length }), size: fc.integer({ min: 0, max: 12 }), fails: fc.boolean() });

test("whatever overlaps, repeats, jumps or fails, each event comes out once and in order", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(delivery, { maxLength: 30 }),
      fc.uniqueArray(fc.integer({ min: 1, max: length - 1 })),
      async (deliveries, dropped) => {
        const log = seqs.filter((seq) => !dropped.includes(seq));
        const clock = new ManualClock();
        const out: number[] = [];
        let failing = false;
        const cursor = new GapFreeCursor({
          lastSeq: 0,
          clock,
          random: () => 0,
          readPage: (from) =>
            failing
              ? Promise.reject(new Error("down"))
              : Promise.resolve({ events: log.filter((seq) => seq >= from).map(eventOf), lastSeq: length, readUpTo: length }),
          emit: (events) => out.push(...events.map((event) => event.seq)),
        });
        for (const { first, size, fails } of deliveries) {
          failing = fails;
          cursor.accept(log.filter((seq) => seq >= first && seq < first + size).map(eventOf));
          await Promise.resolve();
        }
        failing = false;
        cursor.reachTo(length);
        while (cursor.behind > 0) {
          clock.advance(10_000);
          await Promise.resolve();
        }
        expect(out).toEqual(log);
        expect(cursor.lastSeq).toBe(length);
      },
    ),
  );
});

test("a closed cursor emits nothing more, even when a read comes back", async () => {
  const out: number[] = [];
  let answer = (_: { events: ReturnType<typeof eventOf>[]; lastSeq: number; readUpTo: number }) => {};
  const cursor = new GapFreeCursor({
    lastSeq: 0,
    clock: new ManualClock(),
    random: () => 0,
    readPage: () => new Promise((resolve) => (answer = resolve)),
    emit: (events) => out.push(...events.map((event) => event.seq)),
  });
  cursor.reachTo(2);
  cursor.close();
  answer({ events: [eventOf(1), eventOf(2)], lastSeq: 2, readUpTo: 2 });
  await Promise.resolve();
  await Promise.resolve();
  expect(out).toEqual([]);
});
