import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseExact, stringifyExact } from "@/lib/core/exact-json";
import { jsonText } from "@/lib/core/exact-json/testing/json-text.arbitrary";
import { splitHidden } from "@/lib/core/format/hidden-characters";
import { argumentText } from "./argument-text";
import { changedPaths } from "./changed-paths";

const shown = (text: string) => splitHidden(text);
const decoded = (pieces: ReturnType<typeof splitHidden>) =>
  pieces.map((piece) => (piece.kind === "text" ? piece.text : String.fromCodePoint(Number.parseInt(piece.code.slice(2), 16)))).join("");

describe("the arguments on a card", () => {
  it("decode to exactly the arguments that are stored, hidden characters and all", () => {
    const hostile = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom("rm\u202e\u2066 -rf", "a\u200bb", "\u{e0041}\u{e0042}", { "\u2028": "\u0085\u0000" }),
    );
    fc.assert(
      fc.property(hostile, (value) => {
        expect(JSON.parse(decoded(shown(argumentText(value))))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 1_000 },
    );
  });

  it("are the sender's JSON itself, numbers that no double holds and repeated keys included", () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        const card = decoded(shown(argumentText(parseExact(text))));
        expect(stringifyExact(parseExact(card))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it("leave no bidi, zero-width or tag character in what is drawn as text", () => {
    const pieces = shown(argumentText({ path: "/tmp/\u202egnp.exe\u200b\u{e0041}" }));
    const plain = pieces.map((piece) => (piece.kind === "text" ? piece.text : "")).join("");
    expect(plain).not.toMatch(/[\u202e\u200b]|\u{e0041}/u);
    expect(pieces.filter((piece) => piece.kind === "hidden").map((piece) => piece.kind === "hidden" && piece.code)).toEqual([
      "U+202E",
      "U+200B",
      "U+E0041",
    ]);
  });
});

describe("the difference of two requests", () => {
  it("names each place that changed, was added or went away, and nothing else", () => {
    const before = { path: "/tmp/a", deep: { keep: 1, flag: true }, list: [1, 2], gone: null };
    const after = { path: "/etc", deep: { keep: 1, flag: false }, list: [1], added: {} };
    expect(changedPaths(before, after)).toEqual([
      { path: "path", before: '"/tmp/a"', after: '"/etc"' },
      { path: "deep.flag", before: "true", after: "false" },
      { path: "list.1", before: "2", after: null },
      { path: "gone", before: "null", after: null },
      { path: "added", before: null, after: "{}" },
    ]);
    expect(changedPaths(before, structuredClone(before))).toEqual([]);
    expect(changedPaths(parseExact('{"a":1.0,"b":[{"c":1}]}'), parseExact('{"a":1,"b":[{"c":1,"c":1}]}'))).toEqual([
      { path: "a", before: "1.0", after: "1" },
      { path: "b.0", before: '{"c":1}', after: '{"c":1,"c":1}' },
    ]);
    expect(changedPaths({}, [])).toEqual([{ path: "(all)", before: "{}", after: "[]" }]);
    expect(changedPaths(parseExact('{"c":1}'), parseExact('{"c":1,"c":1}'))).toEqual([
      { path: "(all)", before: '{"c":1}', after: '{"c":1,"c":1}' },
    ]);
    expect(changedPaths({ of: { a: 1 } }, { of: { a: 1, toString: 2 } })).toEqual([{ path: "of.toString", before: null, after: "2" }]);
    // What else differs there is not counted: the texts stand beside them.
    expect(changedPaths(Array(300).fill(1), Array(300).fill(2))).toHaveLength(200);
  });
});
