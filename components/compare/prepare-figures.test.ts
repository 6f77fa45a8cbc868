import { describe, expect, it } from "vitest";
import { formatDuration } from "@/lib/core/format/format-duration";
import { differ } from "./prepare-figures";

describe("how far two figures are apart", () => {
  it("is written with its sign and its share of the first", () => {
    expect(differ(2_000, 2_500, formatDuration)).toEqual({ text: "+500 ms", share: "+25 %" });
    expect(differ(2_000, 500, formatDuration)).toEqual({ text: "−1.5 s", share: "−75 %" });
    expect(differ(3, 3, String)).toEqual({ text: "same", share: null });
  });

  it("has no share where the first is zero, and is nothing where one is not known", () => {
    expect(differ(0, 4, String)).toEqual({ text: "+4", share: null });
    expect(differ(null, 4, String)).toBe(null);
    expect(differ(4, null, String)).toBe(null);
  });
});
