import { describe, expect, it } from "vitest";
import { dialects } from "../core/dialect";
import { doneWords, type OwnControl, ownControls, requestWords } from "./own-controls";
import { adapters } from "./registry";

const control: OwnControl = {
  ...{ runId: "run-7", id: "0198c0de-0000-7000-8000-000000000001", by: "Ada", reason: "wrong folder" },
  ...{ word: "pausing", action: "pause", atMs: Date.parse("2026-03-01T10:00:00Z") },
};

describe("a control request, written in the words of the run's system", () => {
  it.each(dialects)("is read back by %s with who asked for what, and when it was done", (dialect) => {
    for (const action of ["pause", "resume", "cancel"] as const) {
      for (const word of new Set([requestWords[action], doneWords[action]])) {
        const body = ownControls[dialect]({ ...control, action, word });
        expect(adapters[dialect].address({ body })).toMatchObject({ run: "run-7" });
        expect(adapters[dialect].decode({ body })).toMatchObject({
          type: `run.${word}`,
          occurredAtMs: control.atMs,
          control: { id: control.id, action, by: "Ada", reason: "wrong folder" },
        });
      }
    }
  });
});
