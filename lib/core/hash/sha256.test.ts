import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { beginSha256, endSha256 } from "./sha256";

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

it("a hash that was begun and kept ends as the hash of the whole text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), fc.string({ unit: "grapheme", maxLength: 300 }), (head, tail) => {
      const begun = beginSha256(head);
      expect(begun.length).toBeLessThanOrEqual(200);
      expect(endSha256(begun, tail)).toBe(hashOf(head.toWellFormed() + tail));
    }),
  );
  const long = "é".repeat(500_000);
  expect(endSha256(beginSha256(long), "")).toBe(hashOf(long));
});
