import { expect, test } from "vitest";
import { Turns } from "./turns";

test.each([1, 2])("pieces of work come %i at once and in turn, and one that fails holds up nobody", async (most) => {
  const turns = new Turns(most);
  const done: string[] = [];
  const seen: number[] = [];
  let atOnce = 0;
  const worker = async (name: string) => {
    for (let piece = 1; piece <= 2; piece += 1)
      await turns
        .take(async () => {
          atOnce += 1;
          seen.push(atOnce);
          await new Promise((resolve) => setImmediate(resolve));
          atOnce -= 1;
          done.push(`${name}${piece}`);
          if (name === "b") throw new Error("b fails");
        })
        .catch(() => {});
  };
  const all = ["a", "b", "c", "d"].map(worker);
  expect(turns.waiting).toBe(4 - most);
  await Promise.all(all);
  expect(done).toEqual(["a1", "b1", "c1", "d1", "a2", "b2", "c2", "d2"]);
  expect(Math.max(...seen)).toBe(most);
  expect(turns.waiting).toBe(0);
});
