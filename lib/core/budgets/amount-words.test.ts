import { expect, it } from "vitest";
import { limitWords, usedWords } from "./amount-words";

it("says how much may be spent, and how much was", () => {
  const daily = { unit: "dollars", amount: 5_000_000_000, window: "day" } as const;
  expect(limitWords(daily)).toBe("$5.00 a day");
  expect(limitWords({ unit: "tokens", amount: 20_000, window: "total" })).toBe("20k tokens in total");
  expect(usedWords(daily, 5_200_000_000)).toBe("$5.20 of $5.00 a day");
});
