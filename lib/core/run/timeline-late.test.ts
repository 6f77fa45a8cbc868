import { describe, expect, it } from "vitest";
import type { CanonicalEvent } from "../events/canonical";
import type { LoggedEvent } from "../events/logged";
import { emptyRun, fold } from "./fold";
import { drawn } from "./testing/drawn";
import { log, startMs } from "./testing/log";
import type { Span } from "./timeline-state";

describe("a late event", () => {
  const at = (second: number, seq: number, event: CanonicalEvent): LoggedEvent => ({
    ...event,
    seq,
    occurredAtMs: startMs + second * 1_000,
    receivedAtMs: startMs + 100_000 + seq,
    source: { dialect: "shannon", type: event.type },
  });

  it("joins the span of its lone end, which keeps its id and place", () => {
    const before = fold(emptyRun(), [at(9, 1, { type: "tool.returned", name: "t" })]);
    const after = fold(before, [at(4, 2, { type: "tool.called", name: "t" })]);
    expect(before.timeline.spans.map((span) => span.id)).toEqual(["tool:1"]);
    expect(after.timeline.spans).toMatchObject([
      { id: "tool:1", startMs: startMs + 4_000, endMs: startMs + 9_000, openSeq: 2, closeSeq: 1 },
    ]);
  });

  it("splits a wrong pair without moving anything else", () => {
    const before = fold(emptyRun(), [
      at(1, 1, { type: "tool.called", name: "t" }),
      at(9, 2, { type: "tool.returned", name: "t", durationMs: 500 }),
      at(10, 3, { type: "tool.called", name: "other" }),
    ]);
    const after = fold(before, [at(5, 4, { type: "tool.returned", name: "t" })]);
    expect(drawn(after.timeline.spans)).toEqual([
      "tool t < run [1, 5] succeeded",
      "tool other < run [10, ] running",
      "tool t < run [8.5, 9] succeeded",
    ]);
    expect(after.timeline.spans.map((span) => span.id)).toEqual(["tool:1", "tool:3", "tool:4"]);
    expect(after.timeline.spans[1]).toBe(before.timeline.spans[1]);
  });

  it("moves work below the step that it turns out to belong to", () => {
    const before = fold(emptyRun(), [at(5, 1, { type: "tool.called", name: "t" })]);
    expect(drawn(fold(before, [at(2, 2, { type: "step.started", name: "s" })]).timeline.spans)).toEqual([
      "tool t < s [5, ] running",
      "step s < run [2, ] running",
    ]);
  });

  it("changes nothing of what was paired behind it: our decision by the request that it names, a delegation by both its ends", () => {
    const ask = (second: number, seq: number) => at(second, seq, { type: "approval.requested", approval: { tool: `t${seq}` } });
    const delegate = (second: number, seq: number, type: "delegation.started" | "delegation.completed", from: string) =>
      at(second, seq, { type, agent: "z", edge: { from, to: "b" } });
    const paired = [
      ...[ask(11, 1), ask(12, 2)],
      at(13, 3, { type: "approval.decided", approval: { id: "x", requestSeq: 2, decision: "approved" } }),
      ...[delegate(14, 4, "delegation.started", "a"), delegate(15, 5, "delegation.started", "c")],
      delegate(16, 6, "delegation.completed", "c"),
    ];
    const ends = (spans: readonly Span[]) =>
      spans.filter(({ kind }) => kind === "wait" || kind === "delegation").map(({ openSeq, closeSeq }) => [openSeq, closeSeq]);
    const expected = [
      [1, null],
      [2, 3],
      [4, null],
      [5, 6],
    ];
    const before = fold(emptyRun(), paired);
    expect(ends(before.timeline.spans)).toEqual(expected);
    const after = fold(before, [at(1, 7, { type: "tool.called", name: "late" })]);
    expect(ends(after.timeline.spans)).toEqual(expected);
    // Read from where it was stored.
    const again = fold(JSON.parse(JSON.stringify(after)), [at(2, 8, { type: "tool.returned", name: "late" })]);
    expect(ends(again.timeline.spans)).toEqual(expected);
    expect(drawn(again.timeline.spans)).toContain("tool late < run [1, 2] succeeded");
  });

  it("is placed exactly within 256 facts, and is kept even when it comes later than that", () => {
    const filler = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => at(100 + index, from + index, { type: "tool.returned", name: "f" }));
    const call = at(1, 1, { type: "tool.called", name: "t" });
    const close = (seq: number) => at(2, seq, { type: "tool.returned", name: "t" });
    const span = (count: number) =>
      fold(emptyRun(), [call, ...filler(2, count), close(count + 2)]).timeline.spans.find(({ name }) => name === "t");
    for (const count of [10, 255, 256, 1_000]) expect(span(count)).toMatchObject({ startMs: startMs + 1_000, endMs: startMs + 2_000 });
  });

  it("leaves the window small: no payloads, at most 256 facts", () => {
    const heavy = log(
      ...Array.from(
        { length: 2_000 },
        (): CanonicalEvent => ({ type: "tool.returned", name: "t", output: "o".repeat(1_000), text: "t".repeat(1_000) }),
      ),
    );
    const { window } = fold(emptyRun(), heavy).timeline;
    expect(window).toHaveLength(256);
    expect(JSON.stringify(window).length).toBeLessThan(60_000);
  });
});
