import { expect, test } from "vitest";
import { Turns } from "./turns";

test("pieces of work come one at a time and in turn, and one that fails holds up nobody", async () => {
  const turns = new Turns();
  const done: string[] = [];
  let atOnce = 0;
  const worker = async (name: string) => {
    for (let piece = 1; piece <= 2; piece += 1)
      await turns
        .take(async () => {
          atOnce += 1;
          expect(atOnce).toBe(1);
          await new Promise((resolve) => setImmediate(resolve));
          atOnce -= 1;
          done.push(`${name}${piece}`);
          if (name === "b") throw new Error("b fails");
        })
        .catch(() => {});
  };
  await Promise.all(["a", "b", "c"].map(worker));
  expect(done).toEqual(["a1", "b1", "c1", "a2", "b2", "c2"]);
});
