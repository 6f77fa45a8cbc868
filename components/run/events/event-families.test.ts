import { describe, expect, it } from "vitest";
import { canonicalTypes } from "@/lib/core/events/canonical";
import { eventFamilies, familyOf, typesOf } from "./event-families";

describe("event families", () => {
  it("together hold every canonical type once", () => {
    expect(typesOf(eventFamilies)).toEqual(canonicalTypes);
    expect(eventFamilies.flatMap((family) => typesOf([family])).length).toBe(canonicalTypes.length);
  });

  it("put every failure with the trouble, and leave none empty", () => {
    expect([familyOf("tool.failed"), familyOf("error.occurred"), familyOf("tool.called"), familyOf("event.unknown")]).toEqual([
      "trouble",
      "trouble",
      "tool",
      "unknown",
    ]);
    for (const family of eventFamilies) expect(typesOf([family]).length).toBeGreaterThan(0);
  });
});
