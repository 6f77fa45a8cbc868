import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffWords, type WordPiece } from "./diff-words";

const joined = (pieces: readonly WordPiece[], side: "a" | "b") =>
  pieces
    .filter((piece) => piece.in === "both" || piece.in === side)
    .map(({ text }) => text)
    .join("");

describe("two texts word by word", () => {
  it("give both texts back, whatever they are made of", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc
        .array(fc.constantFrom("revenue", " rose", "\n", ", ", "12 %", "é", "漢字", "🦊"), { maxLength: 40 })
        .map((words) => words.join("")),
    );
    fc.assert(
      fc.property(text, text, (a, b) => {
        const { pieces, isCut } = diffWords(a, b);
        expect([joined(pieces, "a"), joined(pieces, "b"), isCut]).toEqual([a, b, false]);
        expect(pieces.every((piece, i) => piece.text !== "" && piece.in !== pieces[i - 1]?.in)).toBe(true);
      }),
    );
  });

  it("mark the words that differ and leave the rest in peace", () => {
    expect(diffWords("Revenue rose by 12 % in Q4.", "Revenue fell by 3 % in Q4.").pieces).toEqual([
      { in: "both", text: "Revenue" },
      { in: "a", text: " rose" },
      { in: "b", text: " fell" },
      { in: "both", text: " by" },
      { in: "a", text: " 12" },
      { in: "b", text: " 3" },
      { in: "both", text: " % in Q4." },
    ]);
  });

  it("say where they stop comparing", () => {
    const { pieces, isCut, comparedChars } = diffWords("word ".repeat(20_000), "word ".repeat(9_000));
    expect(isCut).toBe(true);
    expect(joined(pieces, "a")).toHaveLength(comparedChars);
  });
});
