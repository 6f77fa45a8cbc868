import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseExact } from "../exact-json";
import { compareNumbers, isWhole } from "../exact-json/compare-numbers";
import type { Json } from "../json";
import { numberProblem, withWideIntegers } from "./schema-numbers";

const numberOf = (text: string) => parseExact(text) as unknown as number;
const problemOf = (schema: Json, text: string) => numberProblem(schema, parseExact(text));

describe("numbers that no double holds, against a JSON schema", () => {
  it("are compared by their digits", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), fc.integer({ min: -30, max: 30 }), (a, b, shift) => {
        const order = a < b ? -1 : a > b ? 1 : 0;
        expect(Math.sign(compareNumbers(numberOf(String(a)), numberOf(String(b))))).toBe(order);
        expect(Math.sign(compareNumbers(numberOf(`${a}e${shift}`), numberOf(`${b}E${shift}`)))).toBe(order);
        expect(isWhole(numberOf(`${a}.000`))).toBe(true);
        expect(isWhole(numberOf(`${a}.5`))).toBe(false);
      }),
    );
    expect(compareNumbers(numberOf("1e400"), numberOf("1e401"))).toBeLessThan(0);
    expect(compareNumbers(numberOf("-0.0"), 0)).toBe(0);
    expect([isWhole(numberOf("12.5e1")), isWhole(numberOf("1e-400")), isWhole(numberOf("0e-9"))]).toEqual([true, false, true]);
  });

  it.each<[Json, string, string | null]>([
    [{ type: "integer" }, "9007199254740993", null],
    [{ type: "integer" }, "9007199254740993.0", null],
    [{ type: "integer" }, "9007199254740993.5", "A whole number is needed."],
    [{ type: ["integer", "null"] }, "1e-400", "A whole number is needed."],
    [{ type: ["integer", "number"] }, "9007199254740993.5", null],
    [{ type: "integer", maximum: 9007199254740992 }, "9007199254740993", "The number is too large."],
    [{ type: "number", exclusiveMinimum: 9007199254740992 }, "9007199254740992.0", "The number is too small."],
    [{ enum: [9007199254740992] }, "9007199254740993", "The number is none of those that are offered."],
    [{ const: 9007199254740992 }, "9007199254740992.0", null],
    [{ anyOf: [{ type: "integer", maximum: 5 }, { type: "integer" }] }, "9007199254740993", null],
  ])("%j and %s: %s", (schema, text, message) => {
    expect(problemOf(schema, text)?.message ?? null).toBe(message);
  });

  it("are found wherever they stand, and named", () => {
    const whole: Json = { type: "integer" };
    const schema: Json = {
      $defs: { id: whole },
      type: "object",
      properties: { id: { $ref: "#/$defs/id" }, list: { prefixItems: [{}], items: whole } },
      additionalProperties: { allOf: [whole] },
    };
    const big = "9007199254740993";
    expect(problemOf(schema, `{"id":${big},"list":[${big}.5,${big}],"more":${big}}`)).toBe(null);
    expect(problemOf(schema, `{"id":${big}.5}`)?.path).toEqual(["id"]);
    expect(problemOf(schema, `{"list":[1,${big}.5]}`)?.path).toEqual(["list", 1]);
    expect(problemOf(schema, `{"more":${big}.5}`)?.path).toEqual(["more"]);
  });

  it("end also with a schema that leads back to itself", () => {
    const loop: Json = { $defs: { a: { allOf: [{ $ref: "#/$defs/a" }, { $ref: "#/$defs/a" }, { type: "integer" }] } }, $ref: "#/$defs/a" };
    expect(problemOf(loop, "9007199254740993")).toBe(null);
    expect(problemOf(loop, "9007199254740993.5")?.message).toBe("A whole number is needed.");
    const tree: Json = { properties: { next: { $ref: "#" } }, additionalProperties: { type: "integer" } };
    expect(problemOf(tree, '{"next":{"next":{"id":9007199254740993.5}}}')?.path).toEqual(["next", "next", "id"]);
  });

  it("may be whole and wide: an integer is written as a multiple of one, where it is a word of the schema", () => {
    const schema: Json = { type: "object", properties: { type: { type: "integer" }, at: { enum: [{ type: "integer" }] } } };
    expect(withWideIntegers(schema)).toEqual({
      type: "object",
      properties: { type: { type: "number", multipleOf: 1 }, at: { enum: [{ type: "integer" }] } },
    });
    expect(withWideIntegers({ type: ["integer", "null"] })).toEqual({ type: ["number", "null"], multipleOf: 1 });
    expect(withWideIntegers({ type: "integer", multipleOf: 0.5 })).toEqual({ type: "integer", multipleOf: 0.5 });
  });
});
