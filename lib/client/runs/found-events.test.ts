import { expect, test } from "vitest";
import type { ApiEvent } from "@/lib/core/api/event";
import { eventOf } from "../stream/testing/event-of";
import { FoundEvents, foundPageSize } from "./found-events";

const stretch = 1_000;

/** A log in which every hundredth event is found; an answer looks at a stretch of it. */
function openLog(lastSeq: number, matches: ((event: ApiEvent) => boolean) | null = null) {
  const log = { lastSeq, fails: false, asked: [] as number[], pauses: 0 };
  const found = new FoundEvents({
    read: async (from) => {
      log.asked.push(from);
      if (log.fails) throw new Error("cut off");
      const to = Math.min(from + stretch - 1, log.lastSeq);
      const seqs = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index).filter((seq) => seq % 100 === 0);
      return { events: seqs.map(eventOf).slice(0, foundPageSize), lastSeq: log.lastSeq, readUpTo: to };
    },
    matches,
    pause: async () => {
      log.pauses += 1;
    },
  });
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  const state = () => [found.snapshot().events.length, found.snapshot().readUpTo];
  return { found, log, settle, state };
}

test("it is read on over stretches that hold nothing until enough is found, and no further", async () => {
  const { found, log, settle, state } = openLog(100_000);
  found.want(25, 100_000);
  await settle();
  expect(state()).toEqual([30, 3_000]);
  found.want(31, 100_000);
  await settle();
  expect(state()).toEqual([40, 4_000]);
  expect(log.asked).toEqual([1, 1_001, 2_001, 3_001]);
});

test("what is not there is looked for up to the end before it is missing", async () => {
  const { found, settle, state } = openLog(4_050);
  found.want(100, 4_050);
  await settle();
  expect(state()).toEqual([40, 4_050]);
});

test("whoever has seen all keeps up with the run, also where nothing more is in sight, with a pause before each question", async () => {
  const { found, log, settle, state } = openLog(1_000);
  found.want(10, 1_000);
  await settle();
  expect([state(), log.pauses]).toEqual([[10, 1_000], 0]);
  log.lastSeq = 1_200;
  found.want(10, 1_200);
  await settle();
  expect([state(), log.pauses]).toEqual([[12, 1_200], 1]);
});

test("live events that can be judged here are, without a question", async () => {
  const { found, log, settle, state } = openLog(1_000, ({ seq }) => seq % 2 === 0);
  found.want(50, 1_000);
  found.append([eventOf(5_000), eventOf(2)]);
  await settle();
  found.append([eventOf(1_000), eventOf(1_001), eventOf(1_002), eventOf(1_004)]);
  found.want(50, 1_002);
  await settle();
  expect(state()).toEqual([11, 1_002]);
  expect(log.asked).toEqual([1]);
});

test("a failure keeps what was found, and is tried again when somebody says so", async () => {
  const { found, log, settle, state } = openLog(2_000);
  found.want(5, 2_000);
  await settle();
  log.fails = true;
  found.want(20, 2_000);
  await settle();
  found.want(20, 2_000);
  await settle();
  expect([state(), found.snapshot().failure?.message, log.asked.length]).toEqual([[10, 1_000], "cut off", 2]);
  log.fails = false;
  found.retry();
  await settle();
  expect([state(), found.snapshot().failure]).toEqual([[20, 2_000], null]);
});

test("once closed it takes nothing more, and goes on where it was when it is wanted again", async () => {
  const { found, settle, state } = openLog(2_000);
  found.want(20, 2_000);
  found.close();
  await settle();
  expect(state()).toEqual([0, 0]);
  found.want(20, 2_000);
  await settle();
  expect(state()).toEqual([20, 2_000]);
});
