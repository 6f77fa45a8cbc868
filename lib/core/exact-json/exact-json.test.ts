import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../json";
import { ExactNumber, entriesOf, JsonText, objectOf, parseExact, plainJson, repeatedKeys, stringifyExact } from ".";
import { jsonText } from "./testing/json-text.arbitrary";

describe("exact JSON (G15: what is shown is what was sent)", () => {
  it("gives any JSON text back, whatever numbers and repeated keys it holds", () => {
    fc.assert(
      fc.property(jsonText, (text) => void expect(stringifyExact(parseExact(text))).toBe(text)),
      { numRuns: 2_000 },
    );
  });

  it("reads the same text with blanks and line breaks between all parts", () => {
    fc.assert(
      fc.property(jsonText, (text) => void expect(stringifyExact(parseExact(stringifyExact(parseExact(text), 2)))).toBe(text)),
      { numRuns: 500 },
    );
  });

  it("is JSON.parse's value where one asks for plain numbers, and exactly that where nothing would be lost", () => {
    fc.assert(fc.property(jsonText, (text) => void expect(plainJson(parseExact(text))).toEqual(JSON.parse(text))));
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        if (!text.includes("-0")) expect(JSON.stringify(parseExact(text))).toBe(text);
      }),
    );
  });

  it("lays text out as JSON.stringify does", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const marked = [value, new ExactNumber("1.0")];
        expect(stringifyExact(marked, 2)).toBe(JSON.stringify([value, 7], null, 2).replace(/7\n\]$/, "1.0\n]"));
      }),
    );
  });

  it("reads a number that a double changes as the nearest double, and stays an ordinary number everywhere else", () => {
    const value = parseExact('{"big":9007199254740993,"small":12}') as { big: Json; small: Json };
    expect(Number(value.big)).toBe(9007199254740992);
    expect(`${value.big}`).toBe("9007199254740993");
    expect(value.small).toBe(12);
  });

  it("gives every value of a repeated key, the last one by its name, and says where", () => {
    const value = parseExact('{"pay":[{"amount":1,"amount":1000}],"toJSON":1,"toJSON":2}') as { pay: [{ amount: number }]; toJSON: number };
    expect(value.pay[0].amount).toBe(1000);
    expect(value.toJSON).toBe(2);
    expect(entriesOf(value.pay[0])).toEqual([
      ["amount", 1],
      ["amount", 1000],
    ]);
    expect(repeatedKeys(value as unknown as Json)).toEqual(["pay[0].amount", "toJSON"]);
    expect({ ...objectOf([["x", 1]]), ...value.pay[0] }).toEqual({ x: 1, amount: 1000 });
  });

  it("writes text that is JSON already as it stands", () => {
    expect(stringifyExact({ seq: 1, raw: new JsonText('{"n": 1.0}'), gone: undefined })).toBe('{"seq":1,"raw":{"n": 1.0}}');
  });
});
