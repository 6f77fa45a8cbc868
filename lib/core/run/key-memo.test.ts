import { describe, expect, it } from "vitest";
import { KeyMemo, PairMemo } from "./key-memo";

const names = ["", "a", "|", "a|b", "__proto__", "💥", "x".repeat(64), "x".repeat(65)];

describe("keys that are remembered", () => {
  it("are the names put together, the first time and every other", () => {
    const keys = new KeyMemo("agent|");
    const pairs = new PairMemo("tool|");
    for (let round = 0; round < 2; round += 1)
      for (const name of names) {
        expect(keys.of(name)).toBe(`agent|${name}`);
        for (const other of names) expect(pairs.of(name, other)).toBe(`tool|${name}|${other}`);
      }
  });

  it("stay right when there are more names than are kept", () => {
    const pairs = new PairMemo("tool|");
    for (let at = 0; at < 500; at += 1) {
      expect(pairs.of(`agent-${at}`, "load")).toBe(`tool|agent-${at}|load`);
      expect(pairs.of("lead", `tool-${at}`)).toBe(`tool|lead|tool-${at}`);
      expect(pairs.of("lead", "load")).toBe("tool|lead|load");
    }
  });
});
