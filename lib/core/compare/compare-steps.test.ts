import { describe, expect, it } from "vitest";
import type { Span } from "../run/timeline-state";
import type { TranscriptEntry } from "../run/transcript-state";
import { compareSteps, isDifferent } from "./compare-steps";
import { compareErrors, finalAnswer } from "./outcome";

let seq = 0;
function span(kind: Span["kind"], name: string, more: Partial<Span> = {}): Span {
  seq += 1;
  const times = { startMs: seq, endMs: seq + 1, openSeq: seq, closeSeq: null };
  const rest = { parentId: null, agent: "writer", callId: null, summary: null, tokens: null, costNanos: null, error: null };
  return { id: `${kind}:${seq}`, kind, name, status: "succeeded", ...times, ...rest, ...more };
}

describe("the steps of two runs", () => {
  it("stand on one line where both call a model, whichever model it is, and say that it is another one", () => {
    const { rows, counts } = compareSteps(
      [span("agent", "writer"), span("model", "gpt-5"), span("tool", "search")],
      [span("agent", "writer"), span("model", "claude"), span("tool", "search")],
    );
    expect(counts).toEqual({ same: 3, changed: 0, onlyA: 0, onlyB: 0 });
    expect(rows.map(isDifferent)).toEqual([false, true, false]);
    expect(rows[1]?.differs).toEqual(["name"]);
  });

  it("show a retried tool as a step that only one of them took, and a failed one as another outcome", () => {
    const { rows, counts } = compareSteps(
      [span("tool", "search", { status: "failed", error: "timeout" }), span("tool", "write")],
      [span("tool", "search"), span("tool", "fetch"), span("tool", "write")],
    );
    expect(rows.map(({ kind, differs }) => [kind, ...differs])).toEqual([["same", "outcome"], ["only-b"], ["same"]]);
    expect(counts).toEqual({ same: 2, changed: 0, onlyA: 0, onlyB: 1 });
  });

  it("stand beside others of their sort alone, each side in its own order", () => {
    const { rows, counts } = compareSteps(
      [span("agent", "lead"), span("agent", "worker"), span("tool", "search"), span("tool", "end")],
      [span("agent", "lead"), span("model", "gpt-5"), span("tool", "fetch"), span("wait", "ok?"), span("tool", "end")],
    );
    expect(rows.map(({ a, b }) => [a?.name ?? null, b?.name ?? null])).toEqual([
      ["lead", "lead"],
      ["worker", null],
      [null, "gpt-5"],
      ["search", "fetch"],
      [null, "ok?"],
      ["end", "end"],
    ]);
    expect(counts).toEqual({ same: 2, changed: 1, onlyA: 1, onlyB: 2 });
  });

  it("have no other outcome while one of them is still open", () => {
    const { rows } = compareSteps([span("tool", "search")], [span("tool", "search", { endMs: null, status: "running" })]);
    expect(rows.map(isDifferent)).toEqual([false]);
  });

  it("are all there when one run is empty", () => {
    expect(compareSteps([], [span("tool", "a"), span("tool", "b")]).counts).toEqual({ same: 0, changed: 0, onlyA: 0, onlyB: 2 });
    expect(compareSteps([], []).rows).toEqual([]);
  });

  it("are cut where there are too many, and the cut is counted", () => {
    const step = span("tool", "count");
    const many = new Array<Span>(100_003).fill(step);
    const { rows, cut } = compareSteps(many, many.slice(0, 5));
    expect([rows.length, cut]).toEqual([100_000, { a: 3, b: 0 }]);
  });
});

describe("what came of two runs", () => {
  const entry = (kind: TranscriptEntry["kind"], text: string): TranscriptEntry => ({
    ...{ id: "", kind, agent: null, to: null, title: null, text, cutChars: 0 },
    ...{ atMs: 0, firstSeq: 1, lastSeq: 1, open: false, level: null },
  });

  it("is the last thing that was said, not the last thing that was logged", () => {
    expect(finalAnswer([entry("assistant", "draft"), entry("assistant", "answer"), entry("status", "Run succeeded")])?.text).toBe("answer");
    expect(finalAnswer([entry("log", "x")])).toBe(null);
  });

  it("names the errors of one alone before those of both, with how often each met them", () => {
    const failed = (error: string | null) => span("tool", "fetch", { status: "failed", error });
    const a = { spans: [failed("429"), failed("429"), failed("timeout")], error: "timeout" };
    expect(compareErrors(a, { spans: [failed("429"), failed(null)], error: "no such column" })).toEqual([
      { message: "timeout", a: 1, b: 0 },
      { message: "fetch failed", a: 0, b: 1 },
      { message: "no such column", a: 0, b: 1 },
      { message: "429", a: 2, b: 1 },
    ]);
  });
});
