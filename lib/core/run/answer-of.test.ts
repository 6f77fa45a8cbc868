import { expect, test } from "vitest";
import type { CanonicalEvent } from "../events/canonical";
import type { LoggedEvent } from "../events/logged";
import { untoldAnswer } from "./answer-of";
import { emptyRow, foldRow } from "./fold";

const output = { type: "model.completed", text: "42" } as const;
const done = { type: "run.completed" } as const;

/** Seq of the output that answers a run of these events; null where none does. */
function answeredAt(...events: CanonicalEvent[]): number | null {
  const log = events.map(
    (event, at): LoggedEvent => ({ ...event, seq: at + 1, receivedAtMs: 1_000 + at, source: { dialect: "shannon", type: event.type } }),
  );
  return untoldAnswer(foldRow(emptyRow(), log).lifecycle.registers)?.seq ?? null;
}

test("a run that completed without a word answered with the last output of a model before its end", () => {
  expect(answeredAt({ type: "run.started" }, output, output, done, { type: "stream.ended" })).toBe(3);
  expect(answeredAt({ ...done, sourceSeq: 3 }, { ...output, sourceSeq: 2 })).toBe(2);
  expect(answeredAt(output, { type: "model.completed" }, done)).toBe(1);
  expect(answeredAt({ type: "run.started" }, output, { type: "run.paused" }, { type: "run.resumed" }, done)).toBe(2);
  // A sender whose clock has whole seconds, beside one that has all of them.
  const start = { type: "run.started", occurredAtMs: 1_200 } as const;
  expect(answeredAt(start, { ...output, occurredAtMs: 1_000 }, { ...done, occurredAtMs: 1_900 })).toBe(2);
});

test.each<[string, CanonicalEvent[]]>([
  ["goes on", [output]],
  ["failed", [output, { type: "run.failed" }]],
  ["said its answer", [output, { type: "text.completed", text: "43" }, done]],
  ["said its answer with its end", [output, { ...done, text: "43" }]],
  ["had the output behind its end", [done, output]],
  ["was begun anew since", [{ type: "run.started" }, output, done, { type: "run.started" }, done]],
])("no output stands for the answer of a run that %s", (_case, events) => {
  expect(answeredAt(...events)).toBeNull();
});
