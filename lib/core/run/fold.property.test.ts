import { deepStrictEqual } from "node:assert";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { emptyRow, emptyRun, fold, foldRow, RunFold } from "./fold";
import { lookup } from "./record";
import type { RunState } from "./state";
import { cutAt, cuts, eventLog, longLog } from "./testing/logged-event.arbitrary";
import type { Span } from "./timeline-state";

const runs = { numRuns: 200 };
const clone = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Index into `spans` by id; every id is there once. */
function byId(spans: readonly Span[]): Map<string, Span> {
  const map = new Map(spans.map((span) => [span.id, span]));
  expect(map.size).toBe(spans.length);
  return map;
}

function expectSameWhereEqual(before: readonly object[], after: readonly object[]): void {
  before.forEach((row, index) => {
    if (JSON.stringify(row) === JSON.stringify(after[index])) expect(after[index]).toBe(row);
  });
}

describe("the fold", () => {
  it("gives the same state for a prefix and then the rest as for all, however the log is cut", () => {
    fc.assert(
      fc.property(eventLog(60), cuts, (log, places) => {
        const batches = cutAt(log, places);
        deepStrictEqual(batches.reduce(fold, emptyRun()), fold(emptyRun(), log));
        deepStrictEqual(batches.reduce(foldRow, emptyRow()), foldRow(emptyRow(), log));
      }),
      runs,
    );
  });

  it("does so too for logs longer than what a late event can reach back", () => {
    fc.assert(
      fc.property(longLog(1_000), cuts, (log, places) => {
        const whole = fold(emptyRun(), log);
        deepStrictEqual(cutAt(log, places).reduce(fold, emptyRun()), whole);
        deepStrictEqual(
          cutAt(log, places)
            .reduce((run, batch) => run.take(batch), new RunFold(emptyRun()))
            .settle(),
          whole,
        );
        deepStrictEqual(
          log.reduce((state, event) => fold(state, [event]), emptyRun()),
          whole,
        );
      }),
      { numRuns: 5 },
    );
  });

  it("gives the same states to all who fold on from one, whatever each folds onto it", () => {
    fc.assert(
      fc.property(longLog(700), cuts, (log, places) => {
        let state = emptyRun();
        for (const batch of cutAt(log, places)) {
          const before = clone(state);
          const [first] = batch;
          const alone = first === undefined ? state : fold(state, [first]);
          const together = fold(state, batch);
          deepStrictEqual(clone(state), before);
          if (first !== undefined) deepStrictEqual(clone(alone), clone(fold(before, [first])));
          deepStrictEqual(clone(together), clone(fold(before, batch)));
          state = together;
        }
      }),
      { numRuns: 5 },
    );
  });

  it("gives the same state event by event, through JSON after each, as all at once", () => {
    fc.assert(
      fc.property(eventLog(30), (log) => {
        const stepwise = log.reduce((state, event) => clone(fold(state, [event])), emptyRun());
        deepStrictEqual(stepwise, fold(emptyRun(), log));
      }),
      runs,
    );
  });

  it("changes nothing and gives back the same reference for events that it has seen", () => {
    fc.assert(
      fc.property(eventLog(40), fc.nat(1_000), (log, place) => {
        const state = fold(emptyRun(), log);
        const row = foldRow(emptyRow(), log);
        const again = log.slice(log.length === 0 ? 0 : place % log.length);
        expect(fold(state, again)).toBe(state);
        expect(fold(state, [])).toBe(state);
        expect(foldRow(row, again)).toBe(row);
        deepStrictEqual(fold(emptyRun(), [...log, ...again, ...log]), state);
      }),
      runs,
    );
  });

  it("takes a seq that is no positive integer for nothing", () => {
    fc.assert(
      fc.property(eventLog(10), fc.constantFrom(0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY), (log, seq) => {
        const state = fold(emptyRun(), log);
        expect(
          fold(
            state,
            log.map((event) => ({ ...event, seq })),
          ),
        ).toBe(state);
      }),
    );
  });

  it("never throws, and counts every event and every unknown one", () => {
    fc.assert(
      fc.property(eventLog(80), (log) => {
        const { counts, lastSeq } = fold(emptyRun(), log).lifecycle;
        expect(counts.events).toBe(log.length);
        expect(lastSeq).toBe(log.length);
        expect(counts.unknown).toBe(log.filter(({ type }) => ["event.unknown", "future.invented"].includes(type)).length);
      }),
      runs,
    );
  });

  it("survives JSON unchanged, hostile names included", () => {
    fc.assert(
      fc.property(eventLog(60), (log) => {
        const state = fold(emptyRun(), log);
        deepStrictEqual(clone(state), state);
        const seen = log.flatMap((event) =>
          event.agent === undefined || event.usage === undefined || event.usage.scope === "run" ? [] : [event.agent],
        );
        for (const agent of seen) expect(lookup(state.usage.byAgent, agent)?.events).toBeGreaterThan(0);
        expect(Object.getPrototypeOf(state.usage.byAgent)).toBe(Object.prototype);
      }),
      runs,
    );
  });

  it("keeps the identity of every row that it did not touch, and the place and id of every span", () => {
    fc.assert(
      fc.property(eventLog(60), fc.nat(1_000), (log, place) => {
        const [first = [], rest = []] = cutAt(log, [place]);
        const before = fold(emptyRun(), first);
        const after = fold(before, rest);
        expectSameWhereEqual(before.timeline.spans, after.timeline.spans);
        expectSameWhereEqual(before.transcript.entries, after.transcript.entries);
        const next = fold(before, rest.slice(0, 1));
        const agents = Object.keys(before.team.agents);
        expectSameWhereEqual(
          agents.map((agent) => before.team.agents[agent] ?? {}),
          agents.map((agent) => next.team.agents[agent] ?? {}),
        );
        expect(after.timeline.spans.slice(0, before.timeline.spans.length).map((span) => span.id)).toEqual(
          before.timeline.spans.map((span) => span.id),
        );
      }),
      runs,
    );
  });

  it("leaves a slice alone that a batch does not concern", () => {
    const log = fc.sample(eventLog(60), { numRuns: 1, seed: 7 })[0] ?? [];
    const before = fold(emptyRun(), log);
    const beat = {
      type: "heartbeat.received" as const,
      seq: log.length + 1,
      receivedAtMs: 1_760_000_100_000,
      source: { dialect: "crewship" as const, type: "heartbeat" },
    };
    const after = fold(before, [beat]);
    expect(after.lifecycle.counts.events).toBe(before.lifecycle.counts.events + 1);
    for (const slice of ["usage", "approvals", "timeline", "team", "transcript"] as const) expect(after[slice]).toBe(before[slice]);
  });
});

describe("the tree", () => {
  const expectSound = ({ timeline }: RunState): void => {
    const spans = byId(timeline.spans);
    for (const span of timeline.spans) {
      expect(span.endMs === null || span.endMs >= span.startMs).toBe(true);
      let above: Span | undefined = span;
      for (let level = 0; above !== undefined && above.parentId !== null && above.parentId !== "unattached"; level += 1) {
        expect(level).toBeLessThan(timeline.spans.length);
        expect(spans.has(above.parentId)).toBe(true);
        above = spans.get(above.parentId);
      }
    }
  };

  it("has no circle, no dangling parent, no negative length and no doubled id, whatever is declared in whatever order", () => {
    fc.assert(
      fc.property(eventLog(80), (log) => expectSound(fold(emptyRun(), log))),
      runs,
    );
  });

  it("keeps an orphan under unattached until its parent comes, and moves it then", () => {
    fc.assert(
      fc.property(eventLog(80), (log) => {
        const { timeline } = fold(emptyRun(), log);
        for (const [key, children] of Object.entries(timeline.index)) {
          if (!key.startsWith("orphans|")) continue;
          expect(lookup(timeline.agentSpans, key.slice("orphans|".length))).toBeUndefined();
          for (const child of children) expect(timeline.spans[child]?.parentId).toBe("unattached");
        }
        const waiting = new Set(Object.entries(timeline.index).flatMap(([key, list]) => (key.startsWith("orphans|") ? list : [])));
        timeline.spans.forEach((span, index) => {
          if (span.parentId === "unattached") expect(waiting.has(index)).toBe(true);
        });
      }),
      runs,
    );
  });

  it("leaves nothing open once the run has ended", () => {
    fc.assert(
      fc.property(eventLog(60), (log) => {
        const state = fold(emptyRun(), log);
        const last = {
          type: "run.cancelled" as const,
          seq: log.length + 1,
          receivedAtMs: 1_760_000_100_000,
          source: { dialect: "shannon" as const, type: "X" },
        };
        const ended = fold(state, [{ ...last, occurredAtMs: 1_760_000_100_000, sourceSeq: 10_000 }]);
        expect(ended.timeline.spans.filter((span) => span.endMs === null)).toEqual([]);
        expect(ended.transcript.entries.filter((entry) => entry.open)).toEqual([]);
        if (ended.lifecycle.status === "cancelled") expect(ended.approvals.pending).toBe(0);
      }),
      runs,
    );
  });
});

describe("the fold's clock", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it("is not read: no time and no chance but what the events carry", () => {
    const logs = fc.sample(eventLog(60), { numRuns: 50, seed: 11 });
    const forbidden = (): never => {
      throw new Error("the fold asked for the time or for chance");
    };
    vi.spyOn(Math, "random").mockImplementation(forbidden);
    vi.spyOn(performance, "now").mockImplementation(forbidden);
    vi.stubGlobal("Date", Object.assign(forbidden, { now: forbidden }));
    const states = logs.map((log) => fold(emptyRun(), log));
    vi.unstubAllGlobals();
    expect(states).toHaveLength(50);
  });
});
