import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Span, SpanKind } from "../run/timeline-state";
import { chooseFolds } from "./choose-folds";
import { foldedTime, type TimeFold, trueTime } from "./fold-time";
import { idleWaits } from "./idle-waits";

type Worked = Pick<Span, "id" | "parentId" | "kind" | "agent" | "startMs" | "endMs">;

const minute = 60_000;
let count = 0;
const span = (kind: SpanKind, startMs: number, endMs: number | null, more: Partial<Worked> = {}): Worked => {
  count += 1;
  return { id: `${kind}:${count}`, parentId: null, kind, agent: "a", startMs, endMs, ...more };
};
const within = (toMs: number) => ({ fromMs: 0, toMs });
const foldsOf = (spans: readonly Worked[], toMs: number, live = false) =>
  chooseFolds(idleWaits(spans, within(toMs), live), { ...within(toMs), originMs: 0 });

const waitOf = fc.record({
  startMs: fc.integer({ min: 0, max: 1e7 }),
  lengthMs: fc.option(fc.integer({ min: 0, max: 1e8 }), { freq: 8 }),
  agent: fc.constantFrom("a", "b", null),
});
const workOf = fc.record({
  kind: fc.constantFrom<SpanKind>("tool", "model", "error", "step", "agent", "task"),
  startMs: fc.integer({ min: 0, max: 2e7 }),
  lengthMs: fc.option(fc.integer({ min: 0, max: 1e6 }), { freq: 8 }),
  agent: fc.constantFrom("a", "b", null),
  parent: fc.option(fc.nat(10)),
});
/** A run with waits, work beside them, and parents, open or over. */
const runs = fc
  .record({ waits: fc.array(waitOf, { maxLength: 8 }), work: fc.array(workOf, { maxLength: 12 }), live: fc.boolean() })
  .map(({ waits, work, live }) => {
    const end = (startMs: number, lengthMs: number | null) => (lengthMs === null ? null : startMs + lengthMs);
    const spans = [
      ...work.map(({ kind, startMs, lengthMs, agent, parent }, i) => ({
        ...span(kind, startMs, end(startMs, lengthMs), { agent, parentId: parent !== null && parent < i ? `w${parent}` : null }),
        id: `w${i}`,
      })),
      ...waits.map(({ startMs, lengthMs, agent }) => span("wait", startMs, end(startMs, lengthMs), { agent })),
    ];
    const toMs = Math.max(1, ...spans.map(({ startMs, endMs }) => Math.max(startMs, endMs ?? 0)));
    return { spans, toMs, live, folds: foldsOf(spans, toMs, live) };
  });
const moments = fc.array(fc.double({ min: 0, max: 1.3, noNaN: true }), { minLength: 2, maxLength: 20 });

describe("an axis with folded waits", () => {
  it("keeps the order of all moments, and leads back from each place to its moment", () => {
    fc.assert(
      fc.property(runs, moments, ({ folds, toMs }, shares) => {
        const times = shares.map((share) => share * toMs).sort((a, b) => a - b);
        const openFromMs = folds.find(({ toMs: end }) => end === null)?.fromMs ?? Number.POSITIVE_INFINITY;
        let before = { ms: Number.NEGATIVE_INFINITY, at: Number.NEGATIVE_INFINITY };
        for (const ms of times) {
          const at = foldedTime(folds, ms);
          expect(at).toBeLessThanOrEqual(ms + 1e-6);
          expect(at).toBeGreaterThanOrEqual(before.at);
          expect(foldedTime(folds, trueTime(folds, at))).toBeCloseTo(at, 3);
          // In a fold that goes on, hours are less than a double can tell apart.
          if (ms < openFromMs) {
            if (ms > before.ms + 1) expect(at).toBeGreaterThan(before.at);
            expect(Math.abs(trueTime(folds, at) - ms)).toBeLessThan(0.01);
          }
          before = { ms, at };
        }
      }),
    );
  });

  it("shortens nothing but the folds, each to the same width, however long one lasts", () => {
    fc.assert(
      fc.property(runs, ({ folds, toMs }) => {
        let outside = 0;
        for (const [i, { fromMs, toMs: end, shownMs }] of folds.entries()) {
          const shownFrom = foldedTime(folds, fromMs);
          expect(shownFrom - foldedTime(folds, outside)).toBeCloseTo(fromMs - outside, 3);
          expect(shownMs).toBe(folds[0]?.shownMs);
          const shownEnd = foldedTime(folds, end ?? toMs * 50);
          if (end === null) expect(i).toBe(folds.length - 1);
          else expect(shownEnd - shownFrom).toBeCloseTo(shownMs, 3);
          expect(shownEnd - shownFrom).toBeLessThanOrEqual(shownMs + 1e-6);
          expect((end ?? toMs) - fromMs).toBeGreaterThan(shownMs);
          outside = end ?? toMs;
        }
      }),
    );
  });

  it("folds only where a human is waited for and nothing else works", () => {
    fc.assert(
      fc.property(runs, ({ spans, folds, toMs, live }) => {
        const endOf = ({ startMs, endMs }: Worked) => endMs ?? (live ? toMs : startMs);
        for (const { fromMs, toMs: end } of folds) {
          const foldEnd = end ?? toMs;
          const middle = (fromMs + foldEnd) / 2;
          expect(spans.some((each) => each.kind === "wait" && each.startMs <= middle && endOf(each) >= middle)).toBe(true);
          const working = spans.filter(
            (each) => ["tool", "model", "error"].includes(each.kind) && each.startMs < foldEnd && endOf(each) > fromMs,
          );
          // Only what waits itself may reach into a fold, and then through all of it.
          for (const each of working) {
            expect(each.startMs).toBeLessThanOrEqual(fromMs);
            expect(endOf(each)).toBeGreaterThanOrEqual(foldEnd);
          }
        }
      }),
    );
  });

  it("leaves a run alone that waited for nobody, not for long, or hardly compared with its work", () => {
    expect(foldsOf([span("agent", 0, minute), span("tool", 0, 1_000)], 60 * minute)).toEqual([]);
    expect(foldsOf([span("wait", 1_000, 9_000)], 9_000)).toEqual([]);
    expect(foldsOf([span("tool", 0, 60 * minute), span("wait", 60 * minute, 70 * minute)], 70 * minute)).toEqual([]);
    const folds: TimeFold[] = [];
    expect([foldedTime(folds, 12), trueTime(folds, 12)]).toEqual([12, 12]);
  });

  it("folds a night of waiting in a minute of work, keeps its length, and gives the work the axis", () => {
    const night = 8 * 60 * minute;
    const spans = [
      span("agent", 0, night + minute),
      span("model", 0, 30_000),
      span("wait", 30_000, 30_000 + night),
      span("tool", 30_000 + night, minute + night),
    ];
    const [fold, ...others] = foldsOf(spans, night + minute);
    expect(others).toEqual([]);
    expect(fold).toMatchObject({ fromMs: 30_000, toMs: 30_000 + night });
    const shownMs = foldedTime([fold as TimeFold], night + minute);
    expect(shownMs).toBeGreaterThan(minute);
    expect(shownMs).toBeLessThan(1.06 * minute);
  });

  it("takes a tool that waits for its own approval for waiting, and another agent's work for work", () => {
    const hour = 60 * minute;
    const asked = (more: Partial<Worked>) => [span("tool", 0, hour + 1_000, more), span("wait", 500, hour, { parentId: "x" })];
    expect(foldsOf(asked({ agent: "a" }), hour + 1_000)).toHaveLength(1);
    expect(foldsOf(asked({ agent: "b", id: "x" }), hour + 1_000)).toHaveLength(1);
    expect(foldsOf(asked({ agent: "b" }), hour + 1_000)).toEqual([]);
    // What another agent did in between stays to be seen, between two folds.
    const between = [...asked({ agent: "a" }), span("model", hour / 2, hour / 2 + 1_000, { agent: "b" })];
    expect(foldsOf(between, hour + 1_000).map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [500, hour / 2],
      [hour / 2 + 1_000, hour],
    ]);
  });

  it("does not move while somebody is waited for still, and not much when the answer comes", () => {
    const spans = (endMs: number | null) => [span("tool", 0, 40_000), span("wait", 40_000, endMs)];
    const at = (nowMs: number) => foldsOf(spans(null), nowMs, true);
    const early = at(10 * minute);
    expect(early).toEqual([{ fromMs: 40_000, toMs: null, shownMs: expect.any(Number) }]);
    expect(at(11 * minute)).toEqual(early);
    expect(at(600 * minute)).toEqual(early);
    const answered = foldsOf([...spans(600 * minute), span("tool", 600 * minute, null)], 600 * minute + 1, true);
    expect(answered).toEqual([{ ...early[0], toMs: 600 * minute }]);
    expect(Math.abs(foldedTime(answered, 600 * minute) - foldedTime(early, 600 * minute))).toBeLessThan(1);
  });
});
