import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GrownList } from "./grown-list";

type Row = { readonly n: number };

const batches = fc.array(
  fc.record({
    added: fc.oneof({ weight: 6, arbitrary: fc.nat(40) }, { weight: 1, arbitrary: fc.constantFrom(0, 700, 4_095, 4_097, 9_000) }),
    changed: fc.oneof(
      { weight: 6, arbitrary: fc.array(fc.nat(), { maxLength: 4 }) },
      { weight: 1, arbitrary: fc.array(fc.nat(), { minLength: 600, maxLength: 600 }) },
    ),
    isLookedAt: fc.boolean(),
    // Mostly the latest grows on; now and then one from which another has grown already.
    back: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(3) }),
  }),
  { maxLength: 12 },
);

describe("a list that grows by batches", () => {
  it("holds what a plain copy of it would, whoever looked in between, and no list changes that somebody holds", () => {
    let next = 0;
    const fresh = (): Row => ({ n: next++ });
    fc.assert(
      fc.property(batches, (steps) => {
        const began = [fresh()];
        let list = GrownList.of<Row>(began);
        let plain: readonly Row[] = [...began];
        const held: { list: GrownList<Row>; plain: readonly Row[]; seen: readonly Row[] | null }[] = [];
        for (const { added, changed, isLookedAt, back } of steps) {
          held.push({ list, plain, seen: isLookedAt ? list.rows : null });
          ({ list, plain } = held[Math.max(0, held.length - 1 - back)] ?? { list, plain });
          const rows = Array.from({ length: added }, fresh);
          const places = new Map(changed.map((place) => [place % plain.length, fresh()]));
          plain = [...plain.map((row, place) => places.get(place) ?? row), ...rows];
          list = list.grow([...rows], [...places]);
          expect(list.length).toBe(plain.length);
          for (const place of [0, plain.length >> 1, plain.length - 1, plain.length, ...places.keys()])
            expect(list.at(place)).toBe(plain[place]);
        }
        for (const each of [...held, { list, plain, seen: null }]) {
          const { rows } = each.list;
          expect(rows.length === each.plain.length && rows.every((row, place) => row === each.plain[place])).toBe(true);
          expect(each.list.rows).toBe(rows);
          if (each.seen !== null) expect(rows).toBe(each.seen);
        }
      }),
      { numRuns: 60 },
    );
  });
});
