import { expect, test } from "vitest";
import { z } from "zod";
import { fitted } from "./parsed-body";

const Rule = z.strictObject({ is: z.literal("same") });
const Like = z.strictObject({ is: z.literal("like"), pattern: z.string() });
const schema = z.strictObject({
  name: z.string().min(1).max(200),
  kind: z.enum(["tool", "input"]),
  uses: z.int().min(1).max(1_000),
  share: z.number().positive().lt(1),
  tags: z.array(z.string()).min(1).max(2),
  on: z.boolean(),
  run: z.uuid(),
  at: z.iso.datetime(),
  rules: z.record(z.string(), z.discriminatedUnion("is", [Rule, Like])),
  code: z.string().regex(/^[a-z]+$/, "A code has small letters."),
});
const valid = {
  name: "n",
  kind: "tool",
  uses: 1,
  share: 0.5,
  tags: ["a"],
  on: true,
  run: "6b1f0e0a-0000-4000-8000-000000000000",
  at: "2026-04-02T10:00:00Z",
  rules: { amount: { is: "same" } },
  code: "abc",
};

const refusalOf = (body: unknown) => {
  try {
    fitted(schema, body);
  } catch (error) {
    const { message, path, hint } = error as { message: string; path?: string; hint?: string };
    return [message, path, ...(hint === undefined ? [] : [hint])];
  }
  throw new Error("it fits");
};

test("what fits is taken", () => {
  expect(fitted(schema, valid)).toEqual(valid);
});

test.each([
  [{ name: 3 }, '"name" must be a string, not a number.', "name"],
  [{ name: null }, '"name" must be a string, not null.', "name"],
  [{ name: "" }, '"name" must have at least 1 character.', "name"],
  [{ name: "x".repeat(201) }, '"name" must have at most 200 characters.', "name"],
  [{ kind: "tol" }, '"kind" must be one of tool, input.', "kind"],
  [{ uses: 1.5 }, '"uses" must be a whole number.', "uses"],
  [{ uses: 0 }, '"uses" must be at least 1.', "uses"],
  [{ uses: 1_001 }, '"uses" must be at most 1,000.', "uses"],
  [{ share: 0 }, '"share" must be more than 0.', "share"],
  [{ share: 1 }, '"share" must be less than 1.', "share"],
  [{ tags: [] }, '"tags" must have at least 1 entry.', "tags"],
  [{ tags: ["a", "b", "c"] }, '"tags" must have at most 2 entries.', "tags"],
  [{ tags: ["a", 3] }, '"tags.1" must be a string, not a number.', "tags.1"],
  [{ on: "yes" }, '"on" must be true or false, not a string.', "on"],
  [{ run: "r" }, '"run" must be a UUID.', "run"],
  [{ at: "now" }, '"at" must be a time such as 2026-04-02T10:00:00Z.', "at"],
  [{ rules: [] }, '"rules" must be an object, not a list.', "rules"],
  [{ rules: { amount: { is: "more" } } }, '"rules.amount.is" must be one of same, like.', "rules.amount.is"],
  [{ code: "A" }, "A code has small letters.", "code"],
])("%j is refused in words of ours that name the place", (change, message, path) => {
  expect(refusalOf({ ...valid, ...change })).toEqual([message, path]);
});

test("a field that is missing is said to be, with what it must be", () => {
  const { uses, ...rest } = valid;
  expect(refusalOf(rest)).toEqual(['The field "uses" is missing.', "uses", "It must be a number."]);
  expect(refusalOf({ ...valid, rules: { amount: { is: "like" } } })).toEqual([
    'The field "pattern" is missing.',
    "rules.amount.pattern",
    "It must be a string.",
  ]);
});

test("a body of another kind is told what it must be", () => {
  expect(refusalOf([])).toEqual(["The body must be an object, not a list.", ""]);
});

test("a name that is as long as the body is not said back", () => {
  const [message, path] = refusalOf({ ...valid, rules: { ["x".repeat(100_000)]: { is: "more" } } });
  expect([message?.length, path?.length]).toEqual([expect.toSatisfy((length: number) => length < 300), 200]);
});
