import { expect, it } from "vitest";
import type { CanonicalEvent } from "../events/canonical";
import { emptyRow, foldRow } from "./fold";
import { log } from "./testing/log";
import { unsaidFailure } from "./unsaid-failure";

const failure: CanonicalEvent = { type: "error.occurred", error: { message: "Connection timeout", recoverable: false } };
const hiccup: CanonicalEvent = { type: "error.occurred", error: { message: "retrying", recoverable: true } };
const start: CanonicalEvent = { type: "run.started" };

it.each<[name: string, events: readonly CanonicalEvent[], message: string | undefined]>([
  ["an error that nothing followed", [start, failure, hiccup], "Connection timeout"],
  ["none where there was none", [start], undefined],
  ["none that could be recovered from", [start, hiccup], undefined],
  ["none of a run that completed all the same", [start, failure, { type: "run.completed" }], undefined],
  ["none of a run that was cancelled", [start, failure, { type: "run.cancelled" }], undefined],
  ["none from before the run was resumed", [start, failure, { type: "run.paused" }, { type: "run.resumed" }], undefined],
])("takes for what failed the run: %s", (_, events, message) => {
  expect(unsaidFailure(foldRow(emptyRow(), log(...events)))?.message).toBe(message);
});
