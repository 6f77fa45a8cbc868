import { describe, expect, it } from "vitest";
import { someAtOnce } from "./some-at-once";

/** Work that each ends when it is told to. */
function held() {
  const begun: { readonly one: number; readonly end: () => void; readonly fail: () => void }[] = [];
  const work = (one: number) =>
    new Promise<string>((resolve, reject) =>
      begun.push({ one, end: () => resolve(`done ${one}`), fail: () => reject(new Error(`failed ${one}`)) }),
    );
  return { begun, work };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

describe("many things that are done a few at once", () => {
  it("are each done once, four at a time, and answered in their order, whichever ends first", async () => {
    const { begun, work } = held();
    const all = someAtOnce(numbers(9), work);
    for (let done = 0; done < 9; ) {
      await settled();
      expect(begun.length).toBe(Math.min(9, done + 4));
      for (const { end } of begun.slice(done).reverse()) end();
      done = begun.length;
    }
    expect(begun.map(({ one }) => one)).toEqual(numbers(9));
    expect(await all).toEqual(numbers(9).map((n) => `done ${n}`));
  });

  it("are left when one fails, but for those under way, which are waited for", async () => {
    const { begun, work } = held();
    const ends: string[] = [];
    const all = someAtOnce(numbers(9), work).catch((error: Error) => ends.push(error.message));
    await settled();
    begun[1]?.fail();
    await settled();
    expect(ends).toEqual([]);
    for (const n of [0, 2, 3]) begun[n]?.end();
    await all;
    expect(ends).toEqual(["failed 1"]);
    expect(begun.length).toBe(4);
  });

  it("may be none", async () => {
    expect(await someAtOnce([], async (one) => one)).toEqual([]);
  });
});
