import { describe, expect, it } from "vitest";
import { canonicalTypes } from "@/lib/core/events/canonical";
import { carriedTypes } from "@/lib/core/webhooks/carried-types";
import { envelopeTypeOf } from "./envelope-of";

describe("the types that are read from the log", () => {
  it("are those that can be told, so that none is missed and none is read in vain", () => {
    const told = canonicalTypes.filter((type) => envelopeTypeOf({ type, source: { dialect: "shannon", type: "X" } }) !== null);
    expect([...carriedTypes].sort()).toEqual([...told].sort());
  });

  it("of ResonantGenesis senders are all that have a category", () => {
    expect(envelopeTypeOf({ type: "event.unknown", source: { dialect: "resonant", type: "system.maintenance" } })).toBe(
      "system.maintenance",
    );
    expect(envelopeTypeOf({ type: "agent.thought", source: { dialect: "resonant", type: "thinking" } })).toBe(null);
  });
});
