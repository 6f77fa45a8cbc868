import { describe, expect, test } from "vitest";
import { isSameJson } from "./same-json";

describe("two texts of JSON (G3: the same id with other content is another event)", () => {
  test.each([
    ['{"a":1,"b":[true,null]}', ' { "b" : [true, null], "a" : 1 } '],
    ["1", "1.0"],
    ["100", "1e2"],
    ["0.5", "5E-1"],
    ["0", "-0"],
    ["1e400", "10e399"],
    ["9007199254740993", "9007199254740993.0"],
    ['"\\u0041"', '"A"'],
    ['{"__proto__":1}', '{"__proto__":1}'],
    ['{"a":1,"a":2,"b":3}', '{"b":3,"a":1,"a":2}'],
  ])("%s and %s are the same", (a, b) => expect([isSameJson(a, b), isSameJson(b, a)]).toEqual([true, true]));

  test.each([
    ["9007199254740993", "9007199254740992"],
    ["0.1", "0.10000000000000000001"],
    ["1e400", "1e401"],
    ["1", "-1"],
    ["1", '"1"'],
    ["null", "{}"],
    ["[]", "{}"],
    ["[1]", "[1,null]"],
    ['{"a":1}', '{"a":1,"b":null}'],
    ['{"a":2}', '{"a":1,"a":2}'],
    ['{"a":1,"a":2}', '{"a":2,"a":1}'],
    ['{"__proto__":1}', "{}"],
    [`1e${"9".repeat(40)}`, `1e1${"0".repeat(40)}`],
  ])("%s and %s differ", (a, b) => expect([isSameJson(a, b), isSameJson(b, a)]).toEqual([false, false]));

  // As long as an event may be: a pattern for the zeros at the end took minutes, an exponent of that length seconds.
  test.each([
    ["zeros between two digits", `1${"0".repeat(2_000_000)}1`],
    ["zeros behind the point", `0.${"0".repeat(2_000_000)}1`],
    ["digits of an exponent", `1e${"9".repeat(2_000_000)}`],
  ])("are compared in one walk: %s", (_, number) => {
    expect(isSameJson(number, ` ${number}`)).toBe(true);
    expect(isSameJson(number, `-${number}`)).toBe(false);
  });
});
