import { deepStrictEqual } from "node:assert";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CanonicalEvent } from "../events/canonical";
import { emptyRun, fold } from "./fold";
import { type HeldLists, heldFrom, joinRun, pruneRun, type RunChunk, runChunk, splitRun, widenRun } from "./run-window";
import type { RunState } from "./state";
import { log } from "./testing/log";
import { cutAt, cuts, eventLog, longLog } from "./testing/logged-event.arbitrary";
import { WholeList } from "./whole-list";

const clone = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Folds batch by batch from pruned states, as a server does that keeps no long lists. */
function inChunks(batches: readonly Parameters<typeof fold>[1][]): { bases: RunState[]; held: HeldLists[]; chunks: RunChunk[] } {
  const bases = [pruneRun(emptyRun())];
  const chunks: RunChunk[] = [];
  for (const batch of batches) {
    const before = bases.at(-1) as RunState;
    const after = fold(before, batch);
    chunks.push(clone(runChunk(before, after)));
    const { rest, held } = clone(splitRun(pruneRun(after)));
    bases.push(joinRun(rest, held));
  }
  return { bases, held: bases.map((base) => splitRun(base).held), chunks };
}

const logs = fc.oneof({ weight: 12, arbitrary: eventLog(60) }, { weight: 1, arbitrary: longLog(900) });

describe("a run held in chunks", () => {
  it("is, put together, the fold of the whole log: nothing that was let go is missed by what comes", () => {
    fc.assert(
      fc.property(logs, cuts, (log, places) => {
        const { bases, held, chunks } = inChunks(cutAt(log, places));
        const whole = widenRun(bases.at(-1) as RunState, held[0] as HeldLists, chunks);
        deepStrictEqual(whole, fold(emptyRun(), log));
      }),
      { numRuns: 80 },
    );
  });

  it("says from which event on its rows are held, also where none came since", () => {
    const steps = log(...Array.from({ length: 2_001 }, (_, n): CanonicalEvent => ({ type: "step.started", agent: "a", callId: `${n}` })));
    const pruned = pruneRun(fold(emptyRun(), steps.slice(0, 2_000)));
    expect(heldFrom(pruned)).toBe(2_001);
    expect(heldFrom(fold(pruned, steps.slice(2_000)))).toBe(2_001);
    expect(heldFrom(fold(emptyRun(), steps))).toBe(1);
  });

  it("is, read a chunk at a time, the same", () => {
    fc.assert(
      fc.property(logs, cuts, fc.nat(1_000), (log, places, last) => {
        const [before = [], rest = []] = cutAt(log, [last]);
        const { bases, chunks } = inChunks(cutAt(before, places));
        const { held } = splitRun(fold(bases.at(-1) as RunState, rest));
        const whole = { spans: new WholeList(held.spans), entries: new WholeList(held.entries) };
        for (const { spans, entries } of chunks) {
          whole.spans.note(spans.changed);
          whole.entries.note(entries.changed);
        }
        const spans = [...chunks.flatMap((chunk) => whole.spans.rowsOf(chunk.spans)), ...whole.spans.rest()];
        const entries = [...chunks.flatMap((chunk) => whole.entries.rowsOf(chunk.entries)), ...whole.entries.rest()];
        const { timeline, transcript } = fold(emptyRun(), log);
        deepStrictEqual({ spans, entries }, { spans: timeline.spans, entries: transcript.entries });
      }),
      { numRuns: 80 },
    );
  });

  it("is the same whether it is widened before or after events were folded onto it", () => {
    fc.assert(
      fc.property(logs, fc.nat(1_000), fc.nat(1_000), (log, one, two) => {
        const [first = [], second = [], rest = []] = cutAt(log, [one, two]);
        const { bases, held, chunks } = inChunks([first, second]);
        const end = bases.at(-1) as RunState;
        const [start, middle] = held as [HeldLists, HeldLists];
        const wide = widenRun(fold(end, rest), middle, chunks.slice(1));
        deepStrictEqual(wide, fold(widenRun(end, middle, chunks.slice(1)), rest));
        deepStrictEqual(widenRun(wide, start, chunks.slice(0, 1)), fold(emptyRun(), log));
      }),
      { numRuns: 80 },
    );
  });

  it("stays small however long the log is", () => {
    const [log = []] = fc.sample(longLog(1_200), { numRuns: 1, seed: 3 });
    const { timeline, transcript } = pruneRun(fold(emptyRun(), log));
    expect(timeline.spans).toEqual([]);
    expect(transcript.entries.length).toBeLessThanOrEqual(32);
  });
});
