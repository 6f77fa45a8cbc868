import { expect, test } from "vitest";
import { outcomeOf } from "./outcome-of";

test.each([
  ["completed", "completed"],
  ["SUCCESS", "completed"],
  ["succeeded", "completed"],
  ["errored", "failed"],
  ["canceled", "cancelled"],
  ["cancelled", "cancelled"],
  ["timed_out", "expired"],
  ["running", undefined],
  ["constructor", undefined],
  ["x".repeat(1_000_000), undefined],
  [undefined, undefined],
])("the word %s ends a run as %s", (word, outcome) => expect(outcomeOf(word)).toBe(outcome));
