import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../json";
import { clip, jsonLine } from "./clip";

describe("a JSON value as one line", () => {
  it("is the start of the value's JSON, whatever its size", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6, stringUnit: "binary" }), fc.integer({ min: 1, max: 400 }), (value, max) => {
        const json = JSON.parse(JSON.stringify(value)) as Json;
        if (typeof json === "object" && json !== null) expect(jsonLine(json, max)).toBe(clip(JSON.stringify(json), max));
      }),
    );
  });

  it("costs no more than the line, and ends where nesting has no end", () => {
    const huge = { list: Array.from({ length: 100_000 }, (_, index) => ({ index })) };
    expect(jsonLine(huge, 30)).toBe('{"list":[{"index":0},{"index":');
    let deep: Json = 1;
    for (let level = 0; level < 3_000; level += 1) deep = [deep];
    expect(jsonLine(deep, 500)).toContain("…");
  });
});
