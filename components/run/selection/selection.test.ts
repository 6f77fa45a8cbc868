import { describe, expect, it } from "vitest";
import type { Span } from "@/lib/core/run/timeline-state";
import { findSpan, parseSelection, resolveSelection, selectionParam } from "./selection";

function span(id: string, closeSeq: number | null): Span {
  return {
    ...{ id, parentId: null, kind: "tool", name: id, agent: null, status: "running", startMs: 0, endMs: null, closeSeq },
    ...{ openSeq: Number(id.split(":")[1]), callId: null, summary: null, tokens: null, costNanos: null, error: null },
  };
}

const spans = [span("agent:1", 90), span("tool:4", 9), span("model:4", 12), span("tool:30", null)];

describe("the selection", () => {
  it("survives the way through the URL", () => {
    for (const sel of ["tool:4", "17", "wait:88"]) expect(selectionParam(parseSelection(sel))).toBe(sel);
  });

  it("is nothing when the URL holds anything else", () => {
    for (const sel of [null, "", "0", "-1", "1e9", "<img>", "table:4", "tool:", "99999999999999999999"])
      expect(parseSelection(sel).kind).toBe("none");
  });

  it("finds a span by its id even where two share the event that opened them", () => {
    expect(spans.map(({ id }) => findSpan(spans, id))).toEqual([0, 1, 2, 3]);
    expect(findSpan([...spans].reverse(), "agent:1")).toBe(3);
    expect(findSpan(spans, "tool:5")).toBe(-1);
  });

  it("of an event is also the span which that event opened or closed", () => {
    const spanOf = (seq: number) => resolveSelection(spans, { kind: "event", seq }).span?.id;
    expect([spanOf(4), spanOf(9), spanOf(12), spanOf(30), spanOf(31)]).toEqual(["tool:4", "tool:4", "model:4", "tool:30", undefined]);
  });

  it("of a span that is not there (yet) keeps the id and shows no event", () => {
    expect(resolveSelection(spans, { kind: "span", id: "tool:77" })).toMatchObject({ span: null, seq: null, selection: { id: "tool:77" } });
  });
});
