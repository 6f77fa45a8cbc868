import { describe, expect, it } from "vitest";
import type { CanonicalEvent } from "../events/canonical";
import type { LoggedEvent } from "../events/logged";
import { emptyRow, foldRow } from "./fold";
import { eventMs, isInstant, isOrderedBySender, orderKey, placeOf } from "./moment";
import { compareOrder, type OrderKey } from "./order-key";
import { later, stands, startKey } from "./standing";
import { log, startMs } from "./testing/log";

describe("the sender's order (G4)", () => {
  it.each<[string, OrderKey, OrderKey]>([
    ["the sender's sequence", { seq: 2, sourceSeq: 1, occurredAtMs: 9 }, { seq: 1, sourceSeq: 2, occurredAtMs: 8 }],
    ["the sender's clock where one has no sequence", { seq: 2, sourceSeq: 9, occurredAtMs: 1 }, { seq: 1, occurredAtMs: 2 }],
    ["the sender's clock where the other has no sequence", { seq: 2, occurredAtMs: 1 }, { seq: 1, sourceSeq: 1, occurredAtMs: 2 }],
    [
      "the sender's clock where both have the same sequence",
      { seq: 2, sourceSeq: 5, occurredAtMs: 1 },
      { seq: 1, sourceSeq: 5, occurredAtMs: 2 },
    ],
    ["the arrival where one has no clock", { seq: 1, occurredAtMs: 9 }, { seq: 2 }],
    ["the arrival where the other has no clock", { seq: 1 }, { seq: 2, occurredAtMs: 0 }],
    ["the arrival where both have the same time", { seq: 1, occurredAtMs: 3 }, { seq: 2, occurredAtMs: 3 }],
  ])("goes by %s", (_, before, after) => {
    expect(compareOrder(before, after)).toBeLessThan(0);
    expect(compareOrder(after, before)).toBeGreaterThan(0);
    expect(compareOrder(before, { ...before })).toBe(0);
    expect([later(before, after), later(after, before), later(null, before)]).toEqual([after, after, before]);
    expect([stands(after, before), stands(before, after), stands(before, null), stands(null, before)]).toEqual([true, false, true, false]);
  });

  it("is kept with the numbers that can be, and of what we wrote with the place where it came", () => {
    const event = { type: "run.paused", receivedAtMs: 5, source: { dialect: "shannon", type: "X" } } as const;
    expect(orderKey({ seq: 1, sourceSeq: 2, occurredAtMs: 3 })).toEqual({ seq: 1, sourceSeq: 2, occurredAtMs: 3 });
    expect(orderKey({ seq: 1, sourceSeq: 1.5, occurredAtMs: Number.NaN })).toEqual({ seq: 1 });
    expect(orderKey({ seq: 1, sourceSeq: 2, occurredAtMs: 1e300 })).toEqual({ seq: 1, sourceSeq: 2 });
    expect(orderKey({ seq: 1, sourceSeq: 1e300, occurredAtMs: 3 })).toEqual({ seq: 1, occurredAtMs: 3 });
    expect(placeOf({ ...event, seq: 1, sourceSeq: 2, occurredAtMs: 3, origin: "watchfloor" })).toEqual({ seq: 1 });
    expect(placeOf({ ...event, seq: 1, sourceSeq: 2, occurredAtMs: 3 })).toEqual({ seq: 1, sourceSeq: 2, occurredAtMs: 3 });
    expect([
      eventMs({ ...event, seq: 1, occurredAtMs: 3 }),
      eventMs({ ...event, seq: 1 }),
      eventMs({ seq: 1, receivedAtMs: 1e300 }),
    ]).toEqual([...[3, 5, 0]]);
  });

  it("has times of four-digit years alone", () => {
    const ends = [Date.parse("0000-01-01T00:00:00.000Z"), Date.parse("9999-12-31T23:59:59.999Z")] as const;
    expect(ends.map(isInstant)).toEqual([true, true]);
    expect([ends[0] - 1, ends[1] + 1, Number.NaN, null, undefined].map(isInstant)).toEqual([false, false, false, false, false]);
  });

  it("is known between two events that both have a sequence, or both a clock; else a first start lies before the end it came behind", () => {
    const [sequence, clock, both, none] = [
      { seq: 1, sourceSeq: 1 },
      { seq: 1, occurredAtMs: 1 },
      { seq: 1, sourceSeq: 1, occurredAtMs: 1 },
      { seq: 1 },
    ];
    const known = (a: OrderKey, b: OrderKey) => [isOrderedBySender(a, b), isOrderedBySender(b, a)];
    expect([known(sequence, both), known(clock, both)]).toEqual([
      [true, true],
      [true, true],
    ]);
    for (const [a, b] of [
      [sequence, clock],
      [sequence, none],
      [clock, none],
      [both, none],
    ] as const)
      expect(known(a, b)).toEqual([false, false]);
    expect(startKey({ seq: 5 }, true, { seq: 4 })).toEqual({ seq: 0 });
    expect(startKey({ seq: 5, occurredAtMs: 9 }, true, { seq: 4 })).toEqual({ seq: 0, occurredAtMs: 9 });
    expect([startKey({ seq: 5 }, false, { seq: 4 }), startKey({ seq: 5 }, true, null)]).toEqual([{ seq: 5 }, { seq: 5 }]);
    expect(startKey({ seq: 5, sourceSeq: 2 }, true, { seq: 4, sourceSeq: 1 })).toEqual({ seq: 5, sourceSeq: 2 });
  });
});

describe("what came late", () => {
  const at = (seconds: number, event: CanonicalEvent): CanonicalEvent => ({ ...event, occurredAtMs: startMs + seconds * 1_000 });
  const row = (...events: readonly (CanonicalEvent & Partial<Pick<LoggedEvent, "origin">>)[]) =>
    foldRow(emptyRow(), log(...events)).lifecycle;

  it("takes back no later status", () => {
    const [pausing, paused, resumed] = [
      at(1, { type: "run.pausing" }),
      at(2, { type: "run.paused" }),
      at(3, { type: "run.resumed" }),
    ] as const;
    expect(row(paused, pausing).status).toBe("paused");
    expect(row(resumed, paused, pausing).status).toBe("running");
    expect(row(paused, resumed, pausing).status).toBe("running");
    expect(row(at(4, { type: "run.cancelling" }), resumed).status).toBe("cancelling");
  });

  it("is no later error, message or end", () => {
    const failed = (seconds: number, message: string) => at(seconds, { type: "error.occurred", error: { message } });
    expect(row(failed(3, "last"), failed(2, "first"), at(4, { type: "run.failed" })).error?.message).toBe("last");
    const said = (seconds: number, text: string) => at(seconds, { type: "text.completed", text });
    expect(row(said(3, "last"), said(2, "first")).answer).toBe("last");
    const done = (seconds: number, text: string) => at(seconds, { type: "run.completed", text });
    expect(row(done(3, "last"), done(2, "first")).answer).toBe("last");
    expect(row(at(3, { type: "run.completed" }), at(2, { type: "run.failed" }))).toMatchObject({
      status: "succeeded",
      endedAtMs: startMs + 3_000,
    });
  });

  it("is asked by us where it came, whatever our clock says", () => {
    const pause = { ...at(-9, { type: "run.pausing" }), origin: "watchfloor" as const };
    expect(row(at(1, { type: "run.started" }), pause).status).toBe("pausing");
  });
});
