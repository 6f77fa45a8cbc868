import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GrownRecord } from "./grown-record";
import { KeyedDraft } from "./keyed-draft";
import { fromMap, type Keyed } from "./record";

const names = ["__proto__", "constructor", "7", "12"];
const key = fc.oneof(
  fc.constantFrom(...names),
  fc.nat(1_500).map((n) => `agent-${n}`),
);
const batches = fc.array(
  fc.record({
    written: fc.array(fc.tuple(key, fc.option(fc.nat(), { freq: 2 })), { maxLength: 400 }),
    isLookedAt: fc.boolean(),
    // Mostly the latest grows on; now and then one from which another has grown already.
    back: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(3) }),
  }),
  { maxLength: 12 },
);
const beginnings = fc
  .constantFrom(0, 250, 256, 257, 1_000)
  .map((size) => new Map(Array.from({ length: size }, (_, n) => [`agent-${n}`, n])));

type Step = { grown: GrownRecord<number>; plain: ReadonlyMap<string, number>; seen: Keyed<number> | null };

describe("a record that grows by batches", () => {
  it("holds what a plain copy of it would, small or large, and no record changes that somebody holds", () => {
    fc.assert(
      fc.property(beginnings, batches, (began, steps) => {
        const held: Step[] = [{ grown: GrownRecord.of(fromMap(began)), plain: began, seen: null }];
        for (const { written, isLookedAt, back } of steps) {
          const from = held[Math.max(0, held.length - 1 - back)] as Step;
          const plain = new Map(from.plain);
          const draft = new KeyedDraft(from.grown);
          for (const [name, value] of written) {
            draft.set(name, value);
            if (value === null) plain.delete(name);
            else plain.set(name, value);
            expect(draft.get(name)).toBe(plain.get(name));
          }
          expect(new Map(draft.all())).toEqual(plain);
          const grown = draft.settle();
          for (const name of [...names, ...written.map(([each]) => each), "agent-0", "agent-999"])
            expect(grown.get(name)).toBe(plain.get(name));
          if (written.length === 0) expect(grown).toBe(from.grown);
          held.push({ grown, plain, seen: isLookedAt ? grown.record : null });
        }
        for (const { grown, plain, seen } of held) {
          expect(new Map(Object.entries(grown.record))).toEqual(plain);
          if (seen !== null) expect(grown.record).toBe(seen);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("does not look through a large one again for a batch that writes little", () => {
    let looks = 0;
    const record = new Proxy(fromMap(new Map(Array.from({ length: 1_000 }, (_, n) => [`agent-${n}`, n]))), {
      ownKeys: (target) => {
        looks += 1;
        return Reflect.ownKeys(target);
      },
    });
    let grown = GrownRecord.of(record);
    for (let n = 0; n < 100; n += 1) {
      const draft = new KeyedDraft(grown);
      draft.set(`agent-${n}`, null);
      grown = draft.settle();
    }
    expect(looks).toBe(1);
    expect(grown.get("agent-99")).toBeUndefined();
    expect(grown.get("agent-100")).toBe(100);
  });
});
