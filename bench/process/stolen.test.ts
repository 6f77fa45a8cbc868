import { expect, it } from "vitest";
import { stolenWords, ticksIn } from "./stolen";

const stat = (idle: number, steal: number) => `cpu  100 0 50 ${idle} 10 0 5 ${steal} 40 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n`;

it("is the steal of all processors, and counts no guest's time twice", () => {
  expect(ticksIn(stat(800, 35))).toEqual({ all: 1_000, stolen: 35 });
});

it("is told from one percent on, and warned of from five", () => {
  const from = ticksIn(stat(1_000, 0));
  expect(stolenWords(from, ticksIn(stat(2_000, 4)))).toBe("");
  expect(stolenWords(from, ticksIn(stat(1_970, 30)))).toBe(", 3 % of the processors taken by the host");
  expect(stolenWords(from, ticksIn(stat(1_600, 400)))).toBe(", 40 % of the processors taken by the host: measure again when it is quiet");
  expect(stolenWords(null, from)).toBe("");
  expect(stolenWords(from, from)).toBe("");
});
