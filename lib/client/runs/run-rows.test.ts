import { deepStrictEqual } from "node:assert";
import { describe, expect, it } from "vitest";
import type { RunSummary } from "@/lib/core/api/run";
import type { CanonicalType } from "@/lib/core/events/canonical";
import type { LoggedEvent } from "@/lib/core/events/logged";
import { emptyRun, fold } from "@/lib/core/run/fold";
import { chunkEndBefore, chunkEvents, heldFrom, pruneRun, type RunChunk, runChunk, splitRun } from "@/lib/core/run/run-window";
import type { RunState } from "@/lib/core/run/state";
import { log } from "@/lib/core/run/testing/log";
import { openingPaths, openRun, type RowReads, RunRows } from "./run-rows";

const types: CanonicalType[] = ["agent.thought", "tool.called", "tool.returned", "model.completed", "message.sent"];

/** Calls that return at once, one that returns after thousands of events, and one that never does. */
const events: LoggedEvent[] = log(
  ...Array.from({ length: 13_500 }, (_, index) => ({
    type: index === 0 ? "run.started" : index === 3 || index === 9 ? "tool.called" : (types[index % types.length] ?? "log.written"),
    agent: `agent-${index % 7}`,
    text: `line ${index}`,
    callId: index === 3 || index === 9_002 ? "long" : index === 9 ? "endless" : `call-${index - (index % 5)}`,
    name: "tool",
  })),
);

const foldTo = (seq: number): RunState => fold(emptyRun(), events.slice(0, seq));

/** What the server keeps of the log. */
function keptOf(log: readonly LoggedEvent[]): { ends: readonly RunState[]; all: readonly RunChunk[] } {
  const ends: RunState[] = [pruneRun(emptyRun())];
  const all: RunChunk[] = [];
  for (let at = 0; at + chunkEvents <= log.length; at += chunkEvents) {
    const before = ends.at(-1) as RunState;
    const after = fold(before, log.slice(at, at + chunkEvents));
    all.push(runChunk(before, after));
    ends.push(pruneRun(after));
  }
  return { ends, all };
}

const { ends, all } = keptOf(events);

/** The same behind the reads. */
function serverOf(length: () => number) {
  const between = (after: number, upTo: number) => ({
    base: splitRun(ends[after / chunkEvents] as RunState).held,
    chunks: all.slice(after / chunkEvents, upTo / chunkEvents),
  });
  const asked: string[] = [];
  const reads: RowReads = {
    header: async () => ({ lastSeq: length() }),
    window: async ({ at = length(), events: back }) => {
      asked.push(`window ${at} ${back}`);
      const end = chunkEndBefore(at);
      const state = fold(ends[end / chunkEvents] as RunState, events.slice(end, at));
      const after = Math.max(0, end - Math.ceil(back / chunkEvents) * chunkEvents);
      return { run: { lastSeq: at } as RunSummary, state, ...between(after, end) };
    },
    chunks: async ({ after, upTo }) => {
      asked.push(`chunks ${after} ${upTo}`);
      return between(after, upTo);
    },
  };
  return { reads, asked };
}

const none = { base: { spans: { rows: [] }, entries: { rows: [] } }, chunks: [] };

describe("a run that is opened", () => {
  it("is the fold of its whole log, and so is every earlier moment put together from the rows that are here", async () => {
    const { reads, asked } = serverOf(() => events.length);
    const { state, rows } = await openRun(reads);
    deepStrictEqual(state, foldTo(events.length));
    const held = new RunRows(reads, rows ?? none);
    for (const seq of [1, 2_000, 9_002, 9_004, 13_499]) deepStrictEqual(await held.stateAt(seq), foldTo(seq));
    expect(asked.filter((read) => read.startsWith("chunks"))).toEqual(["chunks 0 10000", "chunks 10000 12000"]);
  });

  it("is read as long as the server found it when it drew the page, by the addresses that the page's HTML names; later anew", async () => {
    let length = 12_345;
    const { reads, asked } = serverOf(() => length);
    const opening = { run: { lastSeq: 12_345 } as RunSummary, lifecycle: foldTo(12_345).lifecycle };
    length = 13_500;
    deepStrictEqual((await openRun(reads, { opening })).state, foldTo(12_345));
    const named = openingPaths("my run", 12_345).map((path) => new URL(path, "http://watchfloor"));
    expect(named.map(({ pathname }) => pathname)).toEqual(["window", "chunks", "chunks"].map((read) => `/api/runs/my%20run/${read}`));
    expect(named.map(({ searchParams: to }) => ["at", "events", "after", "upTo"].flatMap((key) => to.get(key) ?? []).join(" "))).toEqual(
      asked.map((read) => read.split(" ").slice(1).join(" ")),
    );
    deepStrictEqual((await openRun(reads, { opening })).state, foldTo(13_500));
  });

  it("reads on what the run did since", async () => {
    let length = 1_500;
    const { reads, asked } = serverOf(() => length);
    const { rows } = await openRun(reads);
    const held = new RunRows(reads, rows ?? none);
    length = events.length;
    const states = await Promise.all([11_111, 4_500, 13_500].map((seq) => held.stateAt(seq)));
    deepStrictEqual(states, [11_111, 4_500, 13_500].map(foldTo));
    expect(asked.filter((read) => read.startsWith("chunks"))).toEqual(["chunks 0 10000", "chunks 10000 12000"]);
  });

  it("has the latest rows of a longer one, says from where, and still shows any moment with the rows before it", async () => {
    const { reads } = serverOf(() => events.length);
    const narrow = await openRun(reads, { longestWhole: 5_000, windowEvents: 4_000 });
    const whole = foldTo(events.length);
    expect(heldFrom(narrow.state)).toBe(8_001);
    expect(narrow.state.timeline.spans).toEqual(whole.timeline.spans.slice(narrow.state.timeline.first));
    expect(Object.values(narrow.state.timeline.carried ?? {}).map((span) => [span.callId, span.endMs === null])).toEqual(
      expect.arrayContaining([
        ["long", false],
        ["endless", true],
      ]),
    );
    const held = new RunRows(reads, narrow.rows ?? none);
    const past = await held.stateAt(3_500);
    expect(past.lifecycle).toEqual(foldTo(3_500).lifecycle);
    expect(past.timeline.spans).toEqual(foldTo(3_500).timeline.spans);
  });
});
