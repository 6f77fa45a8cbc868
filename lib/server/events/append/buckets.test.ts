import fc from "fast-check";
import { expect, test } from "vitest";
import { type BucketDelta, mergedDeltas } from "./buckets";

const figures = ["n", "tk", "i", "u", "cr", "cw", "re", "rn", "en", "up"] as const;
const figure = fc.oneof(fc.integer({ min: -1_000, max: 1_000_000 }), fc.maxSafeInteger());
const delta: fc.Arbitrary<BucketDelta> = fc.record(
  {
    ...{
      m: fc.constantFrom(60, 120),
      q: fc.nat(),
      s: fc.constant("source"),
      a: fc.constantFrom("", "writer"),
      o: fc.constantFrom("", "gpt-5"),
    },
    ...{ ss: fc.constantFrom("null", "", "one"), n: fc.constant(1) },
    ...{ tk: figure, i: figure, u: figure, cr: figure, cw: figure, re: figure, rn: figure, en: figure, up: figure },
  },
  { requiredKeys: ["m", "q", "s", "a", "o", "n", "tk", "i", "u", "cr", "cw", "re", "rn", "en", "up"] },
);

const placeOf = ({ m, s, a, o, ss }: Omit<BucketDelta, "q">) => JSON.stringify([m, s, a, o, ss ?? null]);

/** Exact sums by place and figure. */
function sums(deltas: readonly Omit<BucketDelta, "q">[]): Map<string, bigint[]> {
  const all = new Map<string, bigint[]>();
  for (const one of deltas) {
    const before = all.get(placeOf(one)) ?? figures.map(() => 0n);
    all.set(
      placeOf(one),
      figures.map((name, index) => (before[index] as bigint) + BigInt(one[name])),
    );
  }
  return all;
}

test("what is booked in one place is sent as one row, and no nano-dollar is lost (G23)", () => {
  fc.assert(
    fc.property(fc.array(delta, { maxLength: 30 }), (deltas) => {
      const merged = mergedDeltas(deltas);
      expect(sums(merged)).toEqual(sums(deltas));
      for (const one of merged) for (const name of figures) expect(Number.isSafeInteger(one[name])).toBe(true);
    }),
  );
  const small: BucketDelta = { m: 60, q: 1, s: "s", a: "", o: "", n: 1, tk: 3, i: 1, u: 2, cr: 0, cw: 0, re: 0, rn: 7, en: 0, up: 0 };
  expect(mergedDeltas([small, { ...small, q: 2 }, { ...small, ss: "null" }])).toHaveLength(2);
});
