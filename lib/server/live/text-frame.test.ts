import { describe, expect, it } from "vitest";
import { textFrame } from "./text-frame";

describe("a text frame", () => {
  it.each([
    [0, [0x81, 0]],
    [125, [0x81, 125]],
    [126, [0x81, 126, 0, 126]],
    [65_535, [0x81, 126, 0xff, 0xff]],
    [65_536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
  ])("says that it has %i bytes in as few as the protocol allows", (length, head) => {
    const frame = textFrame("a".repeat(length));
    expect([...frame.subarray(0, head.length)]).toEqual(head);
    expect(frame.subarray(head.length).toString()).toBe("a".repeat(length));
  });

  it("counts bytes, not characters", () => {
    expect([...textFrame("é€")]).toEqual([0x81, 5, 0xc3, 0xa9, 0xe2, 0x82, 0xac]);
  });
});
