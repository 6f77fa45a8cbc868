import { describe, expect, test } from "vitest";
import { splitHidden } from "./hidden-characters";

const shown = (text: string) => splitHidden(text).map((piece) => (piece.kind === "text" ? piece.text : `[${piece.name}]`));

describe("what cannot be seen becomes visible", () => {
  test("a right-to-left override in a file name", () => {
    expect(shown("invoice\u202efdp.exe")).toEqual(["invoice", "[RLO]", "fdp.exe"]);
  });
  test("zero-width characters, isolates, a byte order mark and soft hyphens", () => {
    expect(shown("a\u200bb\u2066c\ufeffd\u00ade")).toEqual(["a", "[ZWSP]", "b", "[LRI]", "c", "[BOM]", "d", "[SHY]", "e"]);
  });
  test("tag characters spell what they hide", () => {
    expect(shown("ok\u{e0072}\u{e006d}")).toEqual(["ok", "[tag r]", "[tag m]"]);
  });
  test("control characters and a lone surrogate, by name or code", () => {
    expect(shown("\u0000\u001b[31m\u0007\ud800")).toEqual(["[NUL]", "[ESC]", "[31m", "[U+0007]", "[U+D800]"]);
  });
  test("a carriage return that would overwrite a line, but not one that ends it", () => {
    expect(shown("safe\revil\r\nnext")).toEqual(["safe", "[CR]", "evil\r\nnext"]);
  });
});

describe("what people write stays whole", () => {
  test.each(["plain\ttext\nand lines", "👩‍💻 and 👩🏽‍🚀 and ❤️‍🔥 and 1️⃣", "עברית ועربية", "नमस्ते", "日本語", ""])("%j", (text) => {
    expect(shown(text).join("")).toBe(text);
    expect(splitHidden(text).every((piece) => piece.kind === "text")).toBe(true);
  });
  test("a zero-width joiner between letters is shown, as it is no emoji's", () => {
    expect(shown("ad\u200dmin")).toEqual(["ad", "[ZWJ]", "min"]);
  });
});
