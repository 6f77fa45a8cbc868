import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseExact } from "../exact-json";
import { compareNumbers, isMultiple, isWhole } from "../exact-json/compare-numbers";
import type { Json, JsonObject } from "../json";
import { schemaProblem } from "./schema-check";
import { isCheckable } from "./schema-words";

const numberOf = (text: string) => parseExact(text) as unknown as number;
function problemOf(schema: Json, text: string, steps?: number) {
  const problem = schemaProblem(schema as JsonObject, parseExact(text), steps);
  if (problem === "beyond") throw new Error("more work than is done");
  return problem;
}

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
    [{ type: "integer" }, "9007199254740993.5", "A whole number is required."],
    [{ type: ["integer", "null"] }, "1e-400", "A whole number or null is required."],
    [{ type: ["integer", "number"] }, "9007199254740993.5", null],
    [{ type: "integer", maximum: 9007199254740992 }, "9007199254740993", "The number is too large."],
    [{ type: "number", exclusiveMinimum: 9007199254740992 }, "9007199254740992.0", "The number is too small."],
    [{ enum: [9007199254740992] }, "9007199254740993", "This is not one of the allowed values."],
    [{ multipleOf: 7 }, "9007199254740993", "It must be a multiple of 7."],
    [{ multipleOf: 3 }, "9007199254740993", null],
    [{ multipleOf: 0.1 }, "0.3", null],
    [{ multipleOf: 0.1 }, "0.35", "It must be a multiple of 0.1."],
    [{ multipleOf: 100 }, "1e400", null],
    [{ multipleOf: 3 }, "1e400", "It must be a multiple of 3."],
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

  it("are a multiple as whole numbers are, whatever their length", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 0, max: 40 }), (a, b, shift) => {
        expect(isMultiple(numberOf(`${a}e${shift}`), b)).toBe((a * 10n ** BigInt(shift)) % BigInt(b) === 0n);
      }),
    );
  });
});

describe("a value against a JSON schema", () => {
  it.each<[Json, string, string | null]>([
    [{ type: ["string", "null"] }, "1", "A text or null is required."],
    [{ type: "array", items: { type: "boolean" }, maxItems: 1 }, "[true,true]", "Too long: at most 1 items."],
    [{ items: { type: "boolean" } }, "[true,1]", "True or false is required."],
    [{ items: [{}], additionalItems: false }, "[1,2]", "No value is allowed here."],
    [{ prefixItems: [{ type: "string" }], items: false }, '["a"]', null],
    [{ uniqueItems: true }, '[{"a":1,"b":2},{"b":2.0,"a":1}]', "All items must be different."],
    [{ contains: { type: "null" }, maxContains: 1 }, "[null,1]", null],
    [{ contains: { type: "null" }, maxContains: 1 }, "[null,null]", "Too many items match a form that only some may have."],
    [{ contains: { type: "null" } }, "[]", "Too few items match the required form."],
    [{ required: ["toString"] }, "{}", "This is required."],
    [{ properties: { a: {} }, additionalProperties: false }, '{"__proto__":1}', "This field is not in the schema."],
    [{ properties: { pattern: { type: "string" } } }, '{"pattern":1}', "A text is required."],
    [{ propertyNames: { maxLength: 1 } }, '{"ab":1}', "This field name is not allowed."],
    [{ minProperties: 1 }, "{}", "Too short: at least 1 names."],
    [{ minLength: 2 }, '"😀"', "Too short: at least 2 characters."],
    [{ format: "date" }, '"2026-02-30"', 'This must have the format "date".'],
    [{ format: "of its own" }, '"anything"', null],
    [{ const: null }, "null", null],
    [{ const: { a: [1] } }, '{"a":[1.0]}', null],
    [{ enum: ["1"] }, "1", "This is not one of the allowed values."],
    [{ allOf: [{ minimum: 1 }, { maximum: 2 }] }, "3", "The number is too large."],
    [{ minimum: 1, exclusiveMinimum: true }, "1", "The number is too small."],
    [{ anyOf: [{ type: "string" }, { type: "null" }] }, "1", "A text is required."],
    [{ oneOf: [{ minimum: 1 }, { minimum: 2 }] }, "3", "This matches more than one of the alternatives."],
    [{ oneOf: [{ minimum: 1 }, { minimum: 2 }] }, "1", null],
    [{ not: { type: "null" } }, "null", "This value is not allowed here."],
    [{ $ref: "#/definitions/a~1b", definitions: { "a/b": { type: "null" } } }, "1", "Null is required."],
    [{ $ref: "#/$defs/a", minimum: 2, $defs: { a: { type: "integer" } } }, "1", "The number is too small."],
  ])("%j and %s: %s", (schema, text, message) => {
    expect(isCheckable(schema as JsonObject)).toBe(true);
    expect(problemOf(schema, text)?.message ?? null).toBe(message);
  });

  it("may be a tree: a schema that leads back to itself with a part of the value goes as deep as the value", () => {
    const tree: JsonObject = { properties: { next: { $ref: "#" } }, additionalProperties: { type: "integer" } };
    expect(isCheckable(tree)).toBe(true);
    expect(problemOf(tree, '{"next":{"next":{"id":1}}}')).toBe(null);
    expect(problemOf(tree, '{"next":{"next":{"id":9007199254740993.5}}}')?.path).toEqual(["next", "next", "id"]);
  });

  it.each<[string, JsonObject]>([
    ["pattern", { properties: { a: { pattern: "(a+)+$" } } }],
    ["patternProperties", { patternProperties: { a: {} } }],
    ["if", { if: {} }],
    ["unevaluatedProperties", { unevaluatedProperties: false }],
    ["dependentRequired", { items: { dependentRequired: {} } }],
    ["another document", { $ref: "https://example.com/schema" }],
    ["an anchor", { $ref: "#a", $defs: { a: { $anchor: "a" } } }],
    ["nothing", { $ref: "#/$defs/a" }],
    ["what is no schema", { $ref: "#/enum/0", enum: [{}] }],
    ["a type of its own", { type: "date" }],
    [
      "more than 10,000 schemas say",
      {
        allOf: Array(20_000)
          .fill(0)
          .map(() => ({})),
      },
    ],
    ["a schema that is none", { items: "string" }],
  ])("that says %s is not checked", (_, schema) => expect(isCheckable(schema)).toBe(false));

  it.each<[string, JsonObject]>([
    ["itself", { $ref: "#" }],
    ["itself among all", { allOf: [{ $ref: "#" }] }],
    ["itself among any", { anyOf: [{ type: "string" }, { $ref: "#" }] }],
    ["what it is not", { not: { $ref: "#" } }],
    ["another that leads back", { $ref: "#/$defs/a", $defs: { a: { oneOf: [{ $ref: "#/$defs/b" }] }, b: { $ref: "#/$defs/a" } } }],
    ["itself, where nothing leads", { $defs: { a: { $ref: "#/$defs/a" } } }],
    ["more than stand behind each other for one value", chainOf(200)],
  ])("that leads to %s with the same value is not checked, and what was kept of it ends", (_, schema) => {
    expect(isCheckable(schema)).toBe(false);
    expect(() => schemaProblem(schema, "x")).not.toThrow();
  });
});

function chainOf(levels: number, word?: "anyOf" | "allOf" | "oneOf"): JsonObject {
  const next = (level: number): JsonObject => ({ $ref: `#/$defs/a${level + 1}` });
  const each = (level: number): JsonObject => (word === undefined ? next(level) : { [word]: [next(level), next(level)] });
  const defs = Object.fromEntries(Array.from({ length: levels }, (_, level) => [`a${level}`, each(level)]));
  return { $defs: { ...defs, [`a${levels}`]: { type: "string", maxLength: 1 } }, $ref: "#/$defs/a0" };
}

describe("the work of a check (G11)", () => {
  const nested = (levels: number): JsonObject =>
    levels === 0 ? { type: "string" } : { type: ["object", "object"], properties: { x: nested(levels - 1) } };
  const deepValue = (levels: number): Json => (levels === 0 ? 1 : { x: deepValue(levels - 1) });

  it("grows with the levels of a schema, and does not double with each: a list of types", () => {
    expect(isCheckable(nested(30))).toBe(true);
    expect(problemOf(nested(30), JSON.stringify(deepValue(30)), 200)?.message).toBe("A text is required.");
  });

  it.each(["anyOf", "allOf", "oneOf"] as const)("grows with the levels of a schema: two references each, in %s", (word) => {
    const schema = chainOf(20, word);
    expect(isCheckable(schema)).toBe(true);
    expect(problemOf(schema, '"too long"', 200)?.message).toBe("Too long: at most 1 characters.");
    expect(problemOf(schema, "9007199254740993.5", 200)?.message).toBe("A text is required.");
  });

  it("grows with the levels of a schema: both ways go on into the same part of the value", () => {
    const schema: JsonObject = { allOf: [{ properties: { x: { $ref: "#" } } }, { properties: { x: { $ref: "#" } } }] };
    expect(problemOf(schema, JSON.stringify(deepValue(40)), 500)).toBe(null);
  });

  it.each<[string, JsonObject, Json]>([
    [
      "many forms of many items",
      { items: { anyOf: [...Array.from({ length: 1_000 }, () => ({ type: "null" })), {}] } },
      Array(1_000).fill(1),
    ],
    ["long texts", { allOf: Array.from({ length: 1_000 }, () => ({ minLength: 1 })) }, "x".repeat(100_000)],
    ["long numbers", { allOf: Array.from({ length: 1_000 }, () => ({ minimum: 1 })) }, numberOf("1".repeat(100_000))],
    ["many names", { allOf: Array.from({ length: 100 }, () => ({ additionalProperties: {} })) }, manyNames(5_000)],
    ["names that are needed", { items: { required: Array(1_000).fill("a") } }, Array(1_000).fill({ a: 1 })],
    ["items that are compared", { allOf: Array.from({ length: 100 }, () => ({ uniqueItems: true })) }, [...Array(5_000).keys()]],
    ["items that are counted", { allOf: Array.from({ length: 100 }, () => ({ contains: true })) }, [...Array(5_000).keys()]],
  ])("ends before it takes long: %s", (_, schema, value) => {
    expect(isCheckable(schema)).toBe(true);
    expect(schemaProblem(schema, value)).toBe("beyond");
  });
});

function manyNames(count: number): Json {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, 1]));
}
