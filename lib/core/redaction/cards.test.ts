import { describe, expect, it } from "vitest";
import { cardsIn } from "./cards";

const found = (text: string) => cardsIn(text).map(({ from, to }) => text.slice(from, to));

describe("a card's number (G21: secrets are not kept in clear)", () => {
  it.each([
    ["4111 1111 1111 1111 12/27 123", ["4111 1111 1111 1111"]],
    ["4111111111111111 1227 737", ["4111111111111111"]],
    ["3782 822463 10005 12/27", ["3782 822463 10005"]],
    ["2 4111-1111-1111-1111 5555555555554444", ["4111-1111-1111-1111", "5555555555554444"]],
    ["order 17 4111 1111 1111 1111", ["4111 1111 1111 1111"]],
    ["4111 1111 1111 1111 5555 5555 5555 4444", ["4111 1111 1111 1111", "5555 5555 5555 4444"]],
  ])("goes with other numbers beside it: %s", (text, cards) => {
    expect(found(text)).toEqual(cards);
  });

  it.each([
    "4111 1111 1111 1112 12/27",
    "v4111111111111111 1227",
    "0.4111111111111111",
    "2024-4111-1111-1111-1111-9",
    "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
    "4111  1111  1111  1111",
  ])("is nothing that only looks like one: %s", (text) => {
    expect(found(text)).toEqual([]);
  });

  it("takes no longer to find for being made to", () => {
    for (const bomb of ["1 ", "1-", "4111 ", "4 4 4 4-", "1 1-1 ", "1"])
      expect(found(bomb.repeat(500_000)).length).toBeGreaterThanOrEqual(0);
  });
});
