import fc from "fast-check";
import { expect, test } from "vitest";
import type { BucketDelta } from "./buckets";
import { type UsageRow, usageJson, usageRows } from "./usage-rows";

const figures = ["n", "tk", "i", "u", "cr", "cw", "re", "rn", "en", "up"] as const;
const figure = fc.oneof(fc.integer({ min: -1_000, max: 1_000_000 }), fc.maxSafeInteger());
const delta: fc.Arbitrary<BucketDelta> = fc.record(
  {
    ...{ m: fc.constantFrom(0, 60, 3_540, 3_600, 86_340, 86_400), q: fc.nat(), s: fc.constant("source") },
    ...{ a: fc.constantFrom("", "writer", "cut \ud83d", "cut \ufffd"), o: fc.constantFrom("", "gpt-5") },
    ...{ ss: fc.constantFrom("null", "", "one"), n: fc.constantFrom(0, 1) },
    ...{ tk: figure, i: figure, u: figure, cr: figure, cw: figure, re: figure, rn: figure, en: figure, up: figure },
  },
  { requiredKeys: ["m", "q", "s", "a", "o", "n", "tk", "i", "u", "cr", "cw", "re", "rn", "en", "up"] },
);

type Booked = Pick<BucketDelta, "m" | "s" | "a" | "o" | "ss">;
const partsOf = ({ s, a, o }: Booked) => JSON.stringify([s, a.toWellFormed(), o]);
const sessionOf = ({ ss }: Booked) => ss ?? "";

/** The six places, written down anew: where each is booked. */
const places: readonly [number, (booked: Booked) => string][] = [
  [1, (booked) => `minute ${booked.m} ${partsOf(booked)}`],
  [2, (booked) => `hour ${Math.floor(booked.m / 3_600)} ${partsOf(booked)}`],
  [4, (booked) => `day ${Math.floor(booked.m / 86_400)} ${partsOf(booked)}`],
  [8, (booked) => `minute ${booked.m} of session ${sessionOf(booked)}`],
  [16, (booked) => `hour ${Math.floor(booked.m / 3_600)} of session ${sessionOf(booked)}`],
  [32, (booked) => `day ${Math.floor(booked.m / 86_400)} of session ${sessionOf(booked)}`],
];

const bound = BigInt(Number.MAX_SAFE_INTEGER);
const bounded = (sum: bigint) => Number(sum > bound ? bound : sum < -bound ? -bound : sum);

/** Bounded sums by place. */
function expected(deltas: readonly BucketDelta[]): Map<string, number[]> {
  const sums = new Map<string, bigint[]>();
  for (const one of deltas)
    for (const [, placeOf] of places) {
      const before = sums.get(placeOf(one)) ?? figures.map(() => 0n);
      sums.set(
        placeOf(one),
        figures.map((name, index) => (before[index] as bigint) + BigInt(one[name])),
      );
    }
  return new Map([...sums].map(([place, sum]) => [place, sum.map(bounded)]));
}

/** What the database books; throws where it would refuse the batch, because two rows have a place in common. */
function booked(rows: readonly UsageRow[]): Map<string, number[]> {
  const all = new Map<string, number[]>();
  for (const row of rows)
    for (const [bit, placeOf] of places) {
      if ((row.p & bit) === 0) continue;
      if (all.has(placeOf(row))) throw new Error(`${placeOf(row)} twice`);
      all.set(
        placeOf(row),
        figures.map((name) => row[name] ?? 0),
      );
    }
  return all;
}

test("each of the six sums gets exactly what is booked there, once, and at most the largest exact number (G23)", () => {
  fc.assert(
    fc.property(fc.array(delta, { maxLength: 30 }), (deltas) => {
      expect(booked(usageRows(deltas))).toEqual(expected(deltas));
    }),
  );
});

test("a batch within one minute is a row for each agent, model and session, with what is not zero", () => {
  const one: BucketDelta = { m: 60, q: 1, s: "s", a: "a", o: "", n: 1, tk: 3, i: 1, u: 2, cr: 0, cw: 0, re: 0, rn: 7, en: 0, up: 0 };
  const common = { m: 60, s: "s", a: "a", o: "" };
  expect(usageRows([one, { ...one, q: 2 }])).toEqual([{ ...common, p: 63, ss: "", n: 2, tk: 6, i: 2, u: 4, rn: 14 }]);
  expect(usageRows([one, { ...one, q: 2, ss: "chat" }]).map(({ p, ss, n }) => [p, ss, n])).toEqual([
    [7, "", 2],
    [56, "", 1],
    [56, "chat", 1],
  ]);
  expect(usageJson([])).toBeNull();
});
