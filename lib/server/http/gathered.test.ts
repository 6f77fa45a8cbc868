import { describe, expect, it } from "vitest";
import { freeBytes, Gathered, mostComing } from "./gathered";
import { collect } from "./read-body";

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
    const gathered = gather(Array.from({ length: 100_000 }, () => Uint8Array.of(1)));
    expect(gathered.held).toBeLessThan(2_000);
    gathered.leave();
  });
});

// G11
describe("long bodies that come in at once", () => {
  const pieceBytes = 1024 * 1024;
  const piece = new Uint8Array(pieceBytes);
  const all = () => gather(new Array(mostComing / pieceBytes).fill(piece));
  async function* body(pieces: number, bytes = piece) {
    for (let n = 0; n < pieces; n++) yield bytes;
  }

  it("are taken up to a sum, and refused for the moment beyond it; a short one is not", async () => {
    const others = all();
    await expect(collect(body(1), 2 * pieceBytes)).rejects.toMatchObject({ code: "overloaded" });
    expect(await collect(body(1, new Uint8Array(freeBytes)), 2 * pieceBytes)).toHaveLength(freeBytes);
    others.whole();
    expect(await collect(body(1), 2 * pieceBytes)).toHaveLength(pieceBytes);
  });

  it("count as long as they come: not what was refused, broke off or is there", async () => {
    await expect(collect(body(2), pieceBytes)).rejects.toMatchObject({ code: "too_large" });
    async function* broken() {
      yield piece;
      throw new Error("cut");
    }
    await expect(collect(broken(), 2 * pieceBytes)).rejects.toThrow("cut");
    const others = all();
    expect(others.isTooMuch).toBe(false);
    others.leave();
    others.leave();
    const again = all();
    expect(again.isTooMuch).toBe(false);
    again.leave();
  });
});
