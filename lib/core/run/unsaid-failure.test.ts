import { expect, it } from "vitest";
import type { CanonicalEvent } from "../events/canonical";
import { emptyRow, foldRow } from "./fold";
import { log } from "./testing/log";
import { unsaidFailure } from "./unsaid-failure";

const failure: CanonicalEvent = { type: "error.occurred", error: { message: "Connection timeout", recoverable: false } };
const hiccup: CanonicalEvent = { type: "error.occurred", error: { message: "retrying", recoverable: true } };
const start: CanonicalEvent = { type: "run.started" };

const mark: CanonicalEvent = { type: "stream.ended" };

it.each<[name: string, events: readonly CanonicalEvent[], message: string | undefined]>([
  ["an error that nothing followed", [start, failure, hiccup, mark], "Connection timeout"],
  ["an error that was overtaken by the mark", [start, mark, failure], "Connection timeout"],
  ["none while more may come", [start, failure], undefined],
  ["none where there was none", [start, mark], undefined],
  ["none that could be recovered from", [start, hiccup, mark], undefined],
  ["none of a run that completed all the same", [start, failure, { type: "run.completed" }, mark], undefined],
  ["none of a run that was cancelled", [start, failure, { type: "run.cancelled" }, mark], undefined],
  ["none from before the run was resumed", [start, failure, mark, { type: "run.paused" }, { type: "run.resumed" }], undefined],
])("takes for what failed the run: %s", (_, events, message) => {
  expect(unsaidFailure(foldRow(emptyRow(), log(...events)))?.message).toBe(message);
});
