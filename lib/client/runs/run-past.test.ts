import { deepStrictEqual } from "node:assert";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromApiEvent, toApiEvent } from "@/lib/core/api/convert";
import type { CanonicalType } from "@/lib/core/events/canonical";
import type { LoggedEvent } from "@/lib/core/events/logged";
import { emptyRun, fold } from "@/lib/core/run/fold";
import { log, startMs } from "@/lib/core/run/testing/log";
import { eventLog } from "@/lib/core/run/testing/logged-event.arbitrary";
import { createCheckpoints } from "./checkpoints";
import { RunPast } from "./run-past";

/** A log behind the same two reads that the server answers. */
function pastOf(events: readonly LoggedEvent[], checkpoints = createCheckpoints()) {
  const asked = { pages: 0, states: 0 };
  const past = new RunPast(
    {
      readEvents: async ({ from, limit }) => {
        asked.pages += 1;
        const page = events.filter(({ seq }) => seq >= from).slice(0, limit);
        return { events: page.map((event) => toApiEvent(event)), lastSeq: events.at(-1)?.seq ?? 0, readUpTo: page.at(-1)?.seq ?? 0 };
      },
      readState: async (seq) => {
        asked.states += 1;
        return foldTo(events, seq);
      },
    },
    checkpoints,
  );
  return { past, asked };
}

const foldTo = (events: readonly LoggedEvent[], seq: number) =>
  fold(
    emptyRun(),
    events.filter((event) => event.seq <= seq),
  );

/** `count` events of a run in which something happens all the time. */
function longLog(count: number): LoggedEvent[] {
  const types: CanonicalType[] = ["agent.thought", "tool.called", "tool.returned", "model.completed", "message.sent"];
  return log(
    ...Array.from({ length: count }, (_, index) => ({
      type: index === 0 ? "run.started" : (types[index % types.length] ?? "log.written"),
      agent: `agent-${index % 7}`,
      text: `line ${index}`,
      callId: `call-${index - (index % 5)}`,
      name: "tool",
      edge: { from: `agent-${index % 7}`, to: `agent-${(index + 1) % 7}` },
    })),
  );
}

describe("a run as of any of its events", () => {
  it("is the fold of its log up to there, whatever positions were looked at before", async () => {
    await fc.assert(
      fc.asyncProperty(eventLog(60), fc.array(fc.nat(1_000), { minLength: 1, maxLength: 8 }), async (drawn, places) => {
        const events = drawn.map((event) => fromApiEvent(toApiEvent(event)));
        const { past } = pastOf(events);
        for (const place of places) {
          const seq = 1 + (place % Math.max(1, events.length));
          deepStrictEqual(await past.stateAt(seq), foldTo(events, seq));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("comes from the server where no state lies near", async () => {
    const events = longLog(7_000);
    const { past, asked } = pastOf(events);
    deepStrictEqual(await past.stateAt(6_900), foldTo(events, 6_900));
    expect(asked).toEqual({ pages: 0, states: 1 });
  });

  it("is what the log still holds where retention dropped events", async () => {
    const events = longLog(2_500).filter(({ seq }) => seq % 3 !== 0);
    const checkpoints = createCheckpoints();
    checkpoints.keep(foldTo(events, 1_801));
    const { past, asked } = pastOf(events, checkpoints);
    deepStrictEqual(await past.stateAt(2_300), foldTo(events, 2_300));
    expect(asked.states).toBe(0);
    expect(past.timeOf(2_299)).toBe(startMs + 2_298_000);
    expect(past.timeOf(2_298)).toBeNull();
    expect(past.timeOf(1_999)).not.toBeUndefined();
  });

  it("shows the latest position asked for, not all of those between", async () => {
    const { past } = pastOf(longLog(400));
    const shown: (number | null)[] = [];
    const reached = new Promise<void>((resolve) => {
      past.subscribe(() => {
        shown.push(past.view().shownSeq);
        if (past.view().shownSeq === 390 && !past.view().isLoading) resolve();
      });
    });
    for (let seq = 1; seq <= 390; seq += 1) past.show(seq);
    await reached;
    expect(new Set(shown.filter((seq) => seq !== null))).toEqual(new Set([1, 390]));
    past.leave();
    expect(past.view().state).toBeNull();
  });

  it("is shown by the figures that hold now where they change while it is read, and never by those of before", async () => {
    const before = longLog(60);
    const priced = before.map((event) => ({ ...event, estimatedNanos: 7, usage: { scope: "call" as const, model: "m", input: 1 } }));
    const server = { events: before, answer: Promise.resolve() };
    const readEvents = async () => {
      const { events, answer } = server;
      await answer;
      return { events: events.map((event) => toApiEvent(event)), lastSeq: 60, readUpTo: 60 };
    };
    const checkpoints = createCheckpoints();
    const past = new RunPast({ readEvents, readState: async (seq) => foldTo(server.events, seq) }, checkpoints);
    const seen: unknown[] = [];
    const shown = new Promise<void>((resolve) => {
      past.subscribe(() => {
        if (past.view().shownSeq === null) return;
        seen.push(past.view().state?.usage);
        resolve();
      });
    });
    let answer = () => {};
    server.answer = new Promise((resolve) => {
      answer = resolve;
    });
    past.show(40);
    past.forget();
    Object.assign(server, { events: priced, answer: Promise.resolve() });
    answer();
    await shown;
    expect(seen).toEqual([foldTo(priced, 40).usage]);
    // Also what is shown already: anew from the log, not from what was folded of it.
    Object.assign(server, { events: before });
    checkpoints.keep({ ...foldTo(priced, 30) });
    const again = new Promise<void>((resolve) => {
      past.subscribe(() => {
        if (past.view().shownSeq === 40 && !past.view().isLoading) resolve();
      });
    });
    past.forget();
    expect(past.view()).toMatchObject({ shownSeq: null, state: foldTo(priced, 40) });
    await again;
    expect(past.view().state?.usage).toEqual(foldTo(before, 40).usage);
  });

  it("knows the times ahead of a position as far as a play needs them soon, and no further than the log goes", async () => {
    const ranges: { from: number; limit: number }[] = [];
    const events = longLog(2_100);
    const readEvents = async (range: { from: number; limit: number }) => {
      ranges.push(range);
      const page = events.slice(range.from - 1, range.from - 1 + range.limit);
      return { events: page.map((event) => toApiEvent(event)), lastSeq: 2_100, readUpTo: page.at(-1)?.seq ?? 0 };
    };
    const past = new RunPast({ readEvents, readState: async (seq) => foldTo(events, seq) }, createCheckpoints());
    past.readAhead(700, 2_100);
    await expect.poll(() => past.timeOf(1_200)).toBe(startMs + 1_199_000);
    past.readAhead(1_900, 1_990);
    expect(ranges.map(({ from }) => from)).toEqual([1, 1_001]);
    expect(past.timeOf(2_001)).toBeUndefined();
  });

  it("says what went wrong and tries again when asked", async () => {
    let broken = true;
    const events = longLog(50);
    const readEvents = async () => {
      if (broken) throw new Error("no answer");
      return { events: events.map((event) => toApiEvent(event)), lastSeq: 50, readUpTo: 50 };
    };
    const past = new RunPast({ readEvents, readState: async (seq) => foldTo(events, seq) }, createCheckpoints());
    const next = (isReached: () => boolean) =>
      new Promise<void>((resolve) => {
        past.subscribe(() => isReached() && resolve());
      });
    const failed = next(() => past.view().error !== null);
    past.show(20);
    await failed;
    expect(past.view()).toMatchObject({ isLoading: false, error: { message: "no answer" } });
    broken = false;
    const shown = next(() => past.view().shownSeq === 20);
    past.show(20);
    await shown;
    expect(past.view().error).toBeNull();
  });
});

describe("the kept states", () => {
  it("stay few, evenly spaced and in order, however long the run gets", () => {
    const checkpoints = createCheckpoints();
    const run = emptyRun();
    for (let seq = 500; seq <= 1_000_000; seq += 500) checkpoints.keep({ ...run, lifecycle: { ...run.lifecycle, lastSeq: seq } });
    expect(checkpoints.items.length).toBeLessThanOrEqual(24);
    expect(checkpoints.items.length).toBeGreaterThan(8);
    for (const seq of [1_999, 50_000, 333_333, 1_000_000]) {
      const lastSeq = checkpoints.before(seq)?.lifecycle.lastSeq ?? 0;
      expect(lastSeq).toBeLessThanOrEqual(seq);
      expect(seq - lastSeq).toBeLessThanOrEqual(checkpoints.spacing);
    }
  });
});
