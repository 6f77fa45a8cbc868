import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "./json";
import { scanJson } from "./json-scan";
import { storableJson } from "./json-storable";

describe("scanJson", () => {
  it("gives the exact text of each element of a top-level array, whatever strings and spaces it holds", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom("", " ", "\n\t "), (values, space) => {
        const texts = values.map((value) => JSON.stringify(value));
        const text = `${space}[${texts.map((t) => space + t + space).join(",")}]${space}`;
        const scan = scanJson(text);
        expect(scan.ok && scan.elements?.map(([from, to]) => text.slice(from, to))).toEqual(texts);
      }),
    );
  });

  it("refuses depth 65 and 100,000 without recursion, and takes depth 64", () => {
    expect(scanJson("[".repeat(64) + "]".repeat(64)).ok).toBe(true);
    expect(scanJson("[".repeat(65) + "]".repeat(65))).toMatchObject({ ok: false, code: "too_deep", at: 64 });
    expect(scanJson("[".repeat(100_000))).toMatchObject({ ok: false, code: "too_deep" });
  });

  it("refuses a million keys", () => {
    expect(scanJson(`{${'"a":1,'.repeat(1_000_000)}"a":1}`)).toMatchObject({ ok: false, code: "too_many_values" });
  });

  it("does not take brackets inside strings for structure", () => {
    expect(scanJson(`{"a":"${"[".repeat(1000)}\\"{"}`)).toEqual({ ok: true, elements: null });
  });
});

describe("storableJson", () => {
  it("keeps the sender's text byte for byte when PostgreSQL can hold it, escaped emoji included", () => {
    const text = '{"a": "\\ud83d\\ude00",  "n": 9007199254740993}';
    expect(storableJson(text, JSON.parse(text) as Json)).toMatchObject({ text, sanitized: false });
  });

  it("replaces U+0000 and lone surrogates in values and keys, and says so", () => {
    const text = '{"a\\u0000b":["x\\ud800y"],"__proto__":{"z":"\\u0000"}}';
    const result = storableJson(text, JSON.parse(text) as Json);
    expect(result.sanitized).toBe(true);
    expect(result.text).toBe('{"a\ufffdb":["x\ufffdy"],"__proto__":{"z":"\ufffd"}}');
  });
});
