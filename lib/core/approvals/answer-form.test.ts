import { describe, expect, test } from "vitest";
import { stringifyExact } from "../exact-json";
import { answerFields, filledAnswer } from "./answer-form";

const ticket = {
  type: "object",
  required: ["ticket", "risk"],
  properties: {
    ticket: { type: "string", title: "Ticket", description: "As in the tracker", maxLength: 20 },
    risk: { type: "string", enum: ["low", "high"] },
    minutes: { type: "integer", default: 5 },
    share: { type: "number" },
    rollback: { type: "boolean", title: "Has a way back" },
  },
};

function fieldsOf(schema: unknown) {
  const fields = answerFields(schema);
  if (fields === null) throw new Error("this schema has a form");
  return fields;
}

describe("an answer by form", () => {
  test("every property is a field with its title, its hint and whether it is needed", () => {
    expect(fieldsOf(ticket)).toMatchObject([
      { name: "ticket", label: "Ticket", hint: "As in the tracker", kind: "text", required: true, maxLength: 20 },
      { name: "risk", label: "risk", kind: "choice", options: ["low", "high"], required: true },
      { name: "minutes", kind: "integer", required: false, initial: "5" },
      { name: "share", kind: "number", required: false, initial: "" },
      { name: "rollback", label: "Has a way back", kind: "yes-no" },
    ]);
  });

  test("what was written becomes the answer, and what was left out is left out", () => {
    expect(filledAnswer(fieldsOf(ticket), ["OPS-1", "1", "", "", "false"])).toEqual({
      ok: true,
      value: { ticket: "OPS-1", risk: "high", rollback: false },
    });
  });

  test("numbers keep the digits they were written with", () => {
    const filled = filledAnswer(fieldsOf(ticket), ["t", "0", "9007199254740993", "1.0", ""]);
    expect(filled.ok && stringifyExact(filled.value)).toBe('{"ticket":"t","risk":"low","minutes":9007199254740993,"share":1.0}');
  });

  test("what is missing or no number is named, field by field, and nothing is sent", () => {
    expect(filledAnswer(fieldsOf(ticket), ["", "", "1.5", "1e", ""])).toEqual({
      ok: false,
      problems: ["Required", "Required", "Enter a whole number", "Enter a number", null],
    });
  });

  test("an answer that is one value alone is that value", () => {
    expect(filledAnswer(fieldsOf({ type: "boolean" }), ["true"])).toEqual({ ok: true, value: true });
    expect(filledAnswer(fieldsOf({ enum: [1, 2] }), ["1"])).toEqual({ ok: true, value: 2 });
  });

  test.each([
    ["a list", { type: "array", items: { type: "string" } }],
    ["an object in it", { type: "object", properties: { a: { type: "object", properties: {} } } }],
    ["several types", { type: ["string", "null"] }],
    ["a choice of schemas", { type: "object", properties: { a: { type: "string" } }, anyOf: [{ required: ["a"] }] }],
    ["a name that is needed and not described", { type: "object", properties: { a: { type: "string" } }, required: ["b"] }],
    ["choices that are no plain values", { enum: ["a", { b: 1 }] }],
    ["no schema", "string"],
  ])("%s is left to JSON, because a form could not say it all", (_what, schema) => {
    expect(answerFields(schema)).toBeNull();
  });
});
