import { expect, it } from "vitest";
import { UnderWay } from "./under-way";

it("holds what is going on until it is over, once, in places that are used again", () => {
  const underWay = new UnderWay<{ n: number }>();
  const [a, b, c] = [1, 2, 3].map((n) => ({ n }));
  if (!a || !b || !c) throw new Error("three were made");
  const leaveA = underWay.enter(a);
  underWay.enter(b);
  leaveA();
  leaveA();
  expect([...underWay]).toEqual([b]);
  underWay.enter(c);
  // Its place is another's now.
  leaveA();
  expect([...underWay]).toEqual([c, b]);
});
