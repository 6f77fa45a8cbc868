import { expect, test } from "vitest";
import { rebase } from "./rebase";

const none = { emails: false, cards: false, fields: [] as string[], deadline: null as number | null };

test("a change keeps what others have set since, and sets what it was about", () => {
  const now = { ...none, emails: true, deadline: 60 };
  expect(rebase(now, { from: none, to: { ...none, cards: true } })).toEqual({ ...now, cards: true });
  expect(rebase(now, { from: none, to: { ...none, deadline: 300 } })).toEqual({ ...now, deadline: 300 });
});

test("a list keeps what others have added, loses what was taken away, and holds nothing twice", () => {
  const from = { ...none, fields: ["a", "b"] };
  const now = { ...none, fields: ["a", "b", "c"] };
  expect(rebase(now, { from, to: { ...none, fields: ["b", "d"] } }).fields).toEqual(["b", "c", "d"]);
  expect(rebase(now, { from, to: { ...none, fields: ["a", "b", "c"] } }).fields).toEqual(["a", "b", "c"]);
  expect(rebase({ ...none, fields: ["b"] }, { from, to: { ...none, fields: ["a", "b", "d"] } }).fields).toEqual(["b", "d"]);
});
