import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { align } from "./align";

const keys = (max: number) => fc.array(fc.constantFrom(..."abcdefg"), { maxLength: max });

/** The length of a longest common subsequence, the plain way. */
function commonLength(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const key of a) {
    const next = [0];
    for (const [j, other] of b.entries()) next.push(key === other ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0));
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** By hand: an assertion per element of a long run takes longer than aligning it. */
function everyElementOnceInOrder(a: readonly string[], b: readonly string[]): void {
  let [atA, atB] = [0, 0];
  for (const pair of align(a, b)) {
    const inOrder = (pair.a ?? atA) === atA && (pair.b ?? atB) === atB && (pair.a !== null || pair.b !== null);
    const honest = !pair.same || (pair.a !== null && pair.b !== null && a[pair.a] === b[pair.b]);
    if (!inOrder || !honest) throw new Error(`at ${atA}, ${atB}: ${JSON.stringify(pair)}`);
    if (pair.a !== null) atA++;
    if (pair.b !== null) atB++;
  }
  expect([atA, atB]).toEqual([a.length, b.length]);
}

describe("two aligned sequences", () => {
  it("hold every element exactly once, each side in its own order, and call the same only what is", () => {
    fc.assert(fc.property(keys(60), keys(60), everyElementOnceInOrder));
  });

  it("have as many lines that are the same as the longest common subsequence is long", () => {
    fc.assert(
      fc.property(keys(40), keys(40), (a, b) => {
        expect(align(a, b).filter(({ same }) => same)).toHaveLength(commonLength(a, b));
      }),
    );
  });

  it("show what was put in or taken out of a long run as just that, however long it is", () => {
    const long = Array.from({ length: 60_000 }, (_, i) => (i % 3 === 0 ? "model" : `tool ${i % 17}`));
    const changes = fc.record({ at: fc.nat(59_000), drop: fc.nat(4), add: fc.array(fc.constantFrom("x", "y", "model"), { maxLength: 4 }) });
    fc.assert(
      fc.property(fc.array(changes, { minLength: 1, maxLength: 4 }), (edits) => {
        const edited = [...long];
        for (const { at, drop, add } of edits) edited.splice(at, drop, ...add);
        everyElementOnceInOrder(long, edited);
        const touched = edits.reduce((sum, { drop, add }) => sum + drop + add.length, 0);
        const same = align(long, edited).filter((pair) => pair.same).length;
        expect(same).toBeGreaterThanOrEqual(long.length - touched);
      }),
      { numRuns: 15 },
    );
  });

  it("keep their order and their elements also where everything is too large for the exact way", () => {
    const some = fc.array(fc.constantFrom("a", "b", "c", "d"), { minLength: 600, maxLength: 900 });
    fc.assert(fc.property(some, some, everyElementOnceInOrder), { numRuns: 20 });
  });

  it("put what differs at the same place on one line", () => {
    expect(align(["start", "x", "end"], ["start", "y", "z", "end"])).toEqual([
      { a: 0, b: 0, same: true },
      { a: 1, b: 1, same: false },
      { a: null, b: 2, same: false },
      { a: 2, b: 3, same: true },
    ]);
  });

  it("are found between two long runs that have almost nothing in common", () => {
    const a = Array.from({ length: 200_000 }, (_, i) => `a${i}`);
    const b = a.toReversed();
    expect(align(a, b).filter(({ same }) => same)).toHaveLength(1);
  });
});
