import { expect, it } from "vitest";
import type { LoggedEvent } from "@/lib/core/events/logged";
import { emptyRow, foldRow } from "@/lib/core/run/fold";
import { bucketDeltas } from "./buckets";

it("books what long names used under the names that the run's own sums have, cut between two characters", () => {
  const named = (letter: string) => `${letter.repeat(199)}😀`;
  const event: LoggedEvent = {
    ...{ seq: 1, type: "model.completed", receivedAtMs: 0, source: { dialect: "shannon", type: "LLM_OUTPUT" } },
    ...{ agent: named("a"), usage: { scope: "call", model: named("m"), input: 1, output: 1 } },
  };
  const [delta] = bucketDeltas({ before: emptyRow(), stored: [{ event, rawText: "{}" }], sourceId: "s" });
  const { usage } = foldRow(emptyRow(), [event]);
  expect(Object.keys(usage.byModel)).toEqual([delta?.o]);
  expect(delta?.a).toBe("a".repeat(199));
});
