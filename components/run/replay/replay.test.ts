import { describe, expect, it } from "vitest";
import { advance, longestGapMs } from "./advance";
import { PlayLoop } from "./play-loop";
import { prepareMarks } from "./prepare-marks";
import { nextStep, previousStep } from "./steps";

const timesOf =
  (...times: readonly (number | null)[]) =>
  (seq: number) =>
    times[seq - 1];

describe("playing", () => {
  it("takes as long as the events took", () => {
    const log = { lastSeq: 4, timeOf: timesOf(0, 100, 100, 400) };
    expect(advance({ at: 1, budgetMs: 99 }, log)).toEqual({ at: 1, leftMs: 99, isStarved: false });
    expect(advance({ at: 1, budgetMs: 150 }, log)).toEqual({ at: 3, leftMs: 50, isStarved: false });
    expect(advance({ at: 3, budgetMs: 300 }, log)).toEqual({ at: 4, leftMs: 0, isStarved: false });
  });

  it("shortens a long silence, and a clock that goes back or a dropped event costs nothing", () => {
    const log = { lastSeq: 5, timeOf: timesOf(0, 600_000, 5, null, 9) };
    expect(advance({ at: 1, budgetMs: longestGapMs }, log).at).toBe(5);
    expect(advance({ at: 1, budgetMs: longestGapMs - 1 }, log).at).toBe(1);
  });

  it("stands still, without saving up time, until the next events are here", () => {
    expect(advance({ at: 2, budgetMs: 5_000 }, { lastSeq: 9, timeOf: timesOf(0, 10) })).toEqual({ at: 2, leftMs: 0, isStarved: true });
  });
});

describe("frames of a play", () => {
  const log = { lastSeq: 5, timeOf: timesOf(0, 100, 200, 300, 400), isLoading: false, speed: 1 };

  it("go on from where they are, also while the page has not drawn what they asked for", () => {
    const loop = new PlayLoop(0);
    const seen = [1, 1, 1, 2, 3].map((at, n) => loop.frame((n + 1) * 60, { ...log, at }).seek);
    expect(seen).toEqual([undefined, 2, undefined, 3, 4]);
  });

  it("end once: a page that still shows an earlier event when the next frame is due is not brought back there", () => {
    const loop = new PlayLoop(0);
    expect(loop.frame(200, { ...log, at: 2, speed: 16 }).seek).toBeNull();
    expect(loop.frame(216, { ...log, at: 2, speed: 16 })).toEqual({});
    expect(loop.frame(232, { ...log, at: null, speed: 16 })).toEqual({});
  });

  it("ask for the times ahead once for each hundred events, and anew where they ran out", () => {
    const loop = new PlayLoop(0);
    const far = { ...log, lastSeq: 1_000, timeOf: (seq: number) => (seq < 205 ? seq : undefined) };
    const asked = [1, 61, 121, 181, 204, 204].map((at, n) => loop.frame((n + 1) * 60, { ...far, at }).readAhead);
    expect(asked).toEqual([61, undefined, 181, 204, 204, 204]);
  });

  it("follow who goes elsewhere, and wait where nothing is shown or read yet", () => {
    const loop = new PlayLoop(0);
    expect(loop.frame(100, { ...log, at: 1 }).seek).toBe(2);
    expect(loop.frame(200, { ...log, at: 4, isLoading: true })).toEqual({});
    expect(loop.frame(250, { ...log, at: null })).toEqual({});
    expect(loop.frame(340, { ...log, at: 3 }).seek).toBeUndefined();
    expect(loop.frame(350, { ...log, at: 3 }).seek).toBe(4);
  });
});

describe("steps", () => {
  const spans = [{ openSeq: 1 }, { openSeq: 4 }, { openSeq: 4 }, { openSeq: 9 }];

  it("are the events with which something begins", () => {
    expect(nextStep(spans, 1)).toBe(4);
    expect(nextStep(spans, 4)).toBe(9);
    expect(nextStep(spans, 9)).toBeNull();
    expect(previousStep(spans, 9)).toBe(4);
    expect(previousStep(spans, 4)).toBe(1);
    expect(previousStep(spans, 1)).toBeNull();
    expect(previousStep([], 5)).toBeNull();
  });
});

describe("marks", () => {
  const span = (
    kind: "tool" | "wait" | "error",
    openSeq: number,
    closeSeq: number | null,
    status: "failed" | "succeeded" = "succeeded",
  ) => ({
    ...{ kind, openSeq, closeSeq, status },
  });

  it("stand where something failed and where a human was waited for, an open wait up to the end", () => {
    const marks = prepareMarks([span("tool", 2, 8, "failed"), span("wait", 20, 40), span("error", 50, 50), span("wait", 90, null)], 100);
    expect(marks.errors).toEqual([8, 50]);
    expect(marks.waits).toEqual([
      { fromSeq: 20, toSeq: 40 },
      { fromSeq: 90, toSeq: 100 },
    ]);
  });

  it("join waits that cannot be told apart up to the later end, and show failures in the order in which they ended", () => {
    const spans = [span("tool", 1, 900, "failed"), span("tool", 2, 600, "failed"), span("wait", 100, 300), span("wait", 200, 250)];
    expect(prepareMarks([...spans, span("wait", 250, 400), span("error", 500, null)], 1_000)).toEqual({
      errors: [500, 600, 900],
      waits: [{ fromSeq: 100, toSeq: 400 }],
    });
  });

  it("are no more than can be told apart", () => {
    const many = Array.from({ length: 20_000 }, (_, i) => span(i % 2 === 0 ? "wait" : "tool", i * 5 + 1, i * 5 + 3, "failed"));
    const marks = prepareMarks(many, 100_000);
    expect(marks.errors.length).toBeLessThanOrEqual(301);
    expect(marks.waits.length).toBeLessThanOrEqual(301);
  });
});
