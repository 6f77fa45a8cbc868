import { expect, it } from "vitest";
import { KeyFilter } from "./key-filter";

it("never denies a key that it was given, and seldom claims one that it was not", () => {
  const filter = new KeyFilter();
  for (let n = 0; n < 50_000; n++) filter.add(`seq:${n} LLM_OUTPUT`);
  for (let n = 0; n < 50_000; n++) expect(filter.mayHold(`seq:${n} LLM_OUTPUT`)).toBe(true);
  let wrong = 0;
  for (let n = 50_000; n < 150_000; n++) if (filter.mayHold(`seq:${n} LLM_OUTPUT`)) wrong += 1;
  expect(wrong).toBeLessThan(50);
});
