import { describe, expect, it } from "vitest";
import { withMarked } from "./with-marked";

describe("the rows to draw while words are marked", () => {
  it("are those in sight and all that are marked, in order, whichever way they were marked", () => {
    expect(withMarked([10, 11, 12], 7, 10)).toEqual([7, 8, 9, 10, 11, 12]);
    expect(withMarked([10, 11, 12], 14, 12)).toEqual([10, 11, 12, 13, 14]);
    expect(withMarked([10, 11], 4, 4)).toEqual([4, 10, 11]);
  });

  it("are those in sight where an end is gone, or more is marked than can be drawn", () => {
    expect(withMarked([10, 11], -1, 10)).toEqual([10, 11]);
    expect(withMarked([10, 11], 0, 5_000)).toEqual([10, 11]);
  });
});
