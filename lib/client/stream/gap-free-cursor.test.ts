import fc from "fast-check";
import { expect, test } from "vitest";
import { GapFreeCursor, gapPageSize } from "./gap-free-cursor";
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

/** A cursor over a log that is read a page at a time, and what it read and gave. */
function cursorOver(log: readonly number[], lastSeq: number, isDown = () => false) {
  const clock = new ManualClock();
  const [asked, out]: [number[], number[]] = [[], []];
  const cursor = new GapFreeCursor({
    ...{ lastSeq: 0, clock, random: () => 1 },
    readPage: async (from) => {
      asked.push(from);
      if (isDown()) throw new Error("down");
      const events = log
        .filter((seq) => seq >= from)
        .slice(0, gapPageSize)
        .map(eventOf);
      return { events, lastSeq, readUpTo: lastSeq };
    },
    emit: (events) => out.push(...events.map(({ seq }) => seq)),
  });
  return { cursor, clock, asked, out };
}
/** Lets what was answered be taken in. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("a gap longer than a page is read page by page: behind a full one there may be more, behind another only what retention took", async () => {
  const log = Array.from({ length: 2_500 }, (_, index) => index + 3);
  const { cursor, asked, out } = cursorOver(log, 2_600);
  cursor.accept([2_400, 2_401].map(eventOf));
  cursor.accept([2_600].map(eventOf));
  await turn();
  expect(out).toEqual(log);
  expect(asked).toEqual([1, 1_003, 2_003]);
  expect([cursor.lastSeq, cursor.behind]).toEqual([2_600, 0]);
  // What came late of all that is no news, and the next one needs no reading.
  cursor.accept([2_599, 2_600, 2_601].map(eventOf));
  await turn();
  expect([out.at(-1), out.length, asked.length]).toEqual([2_601, log.length + 1, 3]);
});

test("a read that fails is tried again further and further apart, and soon again once one succeeded", async () => {
  let down = true;
  const { cursor, clock, asked, out } = cursorOver([1, 2, 3], 2, () => down);
  cursor.reachTo(3);
  const readsAfter = async (ms: number) => {
    clock.advance(ms);
    await turn();
    return asked.length;
  };
  expect([await readsAfter(0), await readsAfter(499), await readsAfter(1)]).toEqual([1, 1, 2]);
  expect([await readsAfter(999), await readsAfter(1)]).toEqual([2, 3]);
  down = false;
  expect(await readsAfter(2_000)).toBe(4);
  expect(out).toEqual([1, 2, 3]);
  down = true;
  cursor.reachTo(9);
  expect([await readsAfter(0), await readsAfter(499), await readsAfter(1)]).toEqual([5, 5, 6]);
  // Closed, it wakes up and asks nothing more.
  cursor.close();
  cursor.reachTo(12);
  expect(await readsAfter(60_000)).toBe(6);
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
