import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromApiEvent, toApiEvent } from "@/lib/core/api/convert";
import type { EventPage } from "@/lib/core/api/event";
import type { LoggedEvent } from "@/lib/core/events/logged";
import { log } from "@/lib/core/run/testing/log";
import { EventChunks } from "./event-chunks";

const [pattern] = log({ type: "log.written" }) as [LoggedEvent];
const event = (seq: number): LoggedEvent => fromApiEvent(toApiEvent({ ...pattern, seq }));

/** A log of which retention left every `keeps`-th event, and which may grow; it answers as the server does. */
class Log {
  readonly asked: { from: number; limit: number }[] = [];
  constructor(
    public lastSeq: number,
    private readonly keeps: number,
  ) {}

  readonly held = (first: number, last: number): LoggedEvent[] => {
    const seqs: number[] = [];
    for (let seq = Math.ceil(first / this.keeps) * this.keeps; seq <= last; seq += this.keeps) seqs.push(seq);
    return seqs.map(event);
  };

  readonly read = async (range: { from: number; limit: number }): Promise<EventPage> => {
    this.asked.push(range);
    const found = this.held(range.from, this.lastSeq).slice(0, range.limit);
    return { events: found.map((each) => toApiEvent(each)), lastSeq: this.lastSeq, readUpTo: found.at(-1)?.seq ?? 0 };
  };
}

const stretch = fc.record({ grows: fc.nat(400), at: fc.nat(4_000), events: fc.nat(1_500) });

describe("the chunks of a run's log", () => {
  it("give all that the log holds of a stretch and nothing else, in whatever order what was asked meanwhile is answered", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.constantFrom(7, 40),
        fc.array(stretch, { minLength: 2, maxLength: 8 }),
        async (s, keeps, steps) => {
          const stored = new Log(900, keeps);
          const chunks = new EventChunks(s.scheduleFunction(stored.read));
          const asks = steps.map(({ grows, at, events }) =>
            s.schedule(Promise.resolve()).then(async () => {
              stored.lastSeq += grows;
              const last = 1 + (at % stored.lastSeq);
              const first = Math.max(1, last - events);
              expect((await chunks.between(first, last)).map(({ seq }) => seq)).toEqual(stored.held(first, last).map(({ seq }) => seq));
              const known = Array.from({ length: last - first + 1 }, (_, index) => chunks.peek(first + index));
              expect(known.flatMap((each) => each ?? [])).toEqual(stored.held(first, last));
              expect(known).not.toContain(undefined);
            }),
          );
          await s.waitFor(Promise.all(asks));
        },
      ),
      { numRuns: 100 },
    );
  });

  it("are read once each, on from where the log had ended, and not beyond their own end", async () => {
    const stored = new Log(1_400, 1);
    const chunks = new EventChunks(stored.read);
    await Promise.all([chunks.between(900, 1_300), chunks.between(1_001, 1_400)]);
    await chunks.between(1, 1_400);
    expect(stored.asked).toEqual([
      { from: 1, limit: 1_000 },
      { from: 1_001, limit: 1_000 },
    ]);
    stored.lastSeq = 2_100;
    expect([chunks.peek(1_400)?.seq, chunks.peek(1_401), chunks.peek(3_000)]).toEqual([1_400, undefined, undefined]);
    expect(await chunks.between(1_350, 2_100)).toHaveLength(751);
    expect(stored.asked.slice(2)).toEqual([
      { from: 1_401, limit: 600 },
      { from: 2_001, limit: 1_000 },
    ]);
    expect(await chunks.between(5, 4)).toEqual([]);
  });

  it("are let go when eight others were used since", async () => {
    const stored = new Log(10_000, 1);
    const chunks = new EventChunks(stored.read);
    const read = (...which: readonly number[]) =>
      which.reduce(
        (before, n) => before.then(() => chunks.between(n * 1_000 + 1, n * 1_000 + 9)),
        Promise.resolve([] as readonly LoggedEvent[]),
      );
    await read(0, 1, 2, 3, 4, 5, 6, 7, 0, 8);
    expect([0, 1, 2, 8].map((n) => chunks.peek(n * 1_000 + 1)?.seq)).toEqual([1, undefined, 2_001, 8_001]);
  });
});
