import { expect, it } from "vitest";
import { column } from "./columns";

it("a column is an array as PostgreSQL reads it, whatever its words hold", () => {
  expect(column([1, null, -2.5, undefined, Number.NaN])).toBe("{1,NULL,-2.5,NULL,NULL}");
  expect(column([true, false])).toBe("{true,false}");
  expect(column(["a", "", "NULL", 'say "x"', "back\\slash", "a,b{c}", null])).toBe(
    '{"a","","NULL","say \\"x\\"","back\\\\slash","a,b{c}",NULL}',
  );
});

it("a column of nothing but nulls is null, and one without rows is empty", () => {
  expect(column([null, undefined])).toBeNull();
  expect(column([])).toBe("{}");
});
