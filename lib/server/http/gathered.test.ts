import { describe, expect, it } from "vitest";
import { Gathered } from "./gathered";

function gather(pieces: readonly Uint8Array[]): Gathered {
  const gathered = new Gathered();
  for (const piece of pieces) gathered.add(piece);
  return gathered;
}

describe("a body that comes in pieces", () => {
  it("is what was sent, in its order, however many pieces it came in", () => {
    for (const count of [0, 1, 2, 1_023, 1_024, 1_025, 5_000]) {
      const bytes = Uint8Array.from({ length: count }, (_, n) => n % 251);
      const whole = gather([...bytes].map((byte) => Uint8Array.of(byte)));
      expect(Buffer.from(whole.whole()).equals(bytes)).toBe(true);
      expect(whole.size).toBe(count);
    }
  });

  it("is not held piece by piece", () => {
    expect(gather(Array.from({ length: 100_000 }, () => Uint8Array.of(1))).held).toBeLessThan(2_000);
  });
});
