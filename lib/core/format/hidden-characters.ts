export type TextPiece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "hidden"; readonly name: string; readonly code: string };

/**
 * Invisible characters that change what is read: controls except tab and line feed, bidi controls, zero-width and other default-ignorables,
 * tag characters, odd line separators, lone surrogates.
 */
const hidden = /(?![\t\n])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Bidi_Control}|[\u2028\u2029\ufff9-\ufffb]|\p{Cs}/gu;

const names: Readonly<Record<number, string>> = {
  0: "NUL",
  13: "CR",
  27: "ESC",
  127: "DEL",
  133: "NEL",
  173: "SHY",
  1564: "ALM",
  8203: "ZWSP",
  8204: "ZWNJ",
  8205: "ZWJ",
  8206: "LRM",
  8207: "RLM",
  8232: "LS",
  8233: "PS",
  8234: "LRE",
  8235: "RLE",
  8236: "PDF",
  8237: "LRO",
  8238: "RLO",
  8288: "WJ",
  8294: "LRI",
  8295: "RLI",
  8296: "FSI",
  8297: "PDI",
  65279: "BOM",
};

const pictograph = /\p{Extended_Pictographic}/u;
const emojiPart = /[\p{Emoji}\p{Emoji_Modifier}]/u;

/** Splits text into visible and hidden pieces; an emoji's own joiners are not hidden. */
export function splitHidden(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(hidden)) {
    const at = match.index;
    if (isPartOfEmoji(match[0], text, at)) continue;
    if (match[0] === "\r" && text[at + 1] === "\n") continue;
    if (at > from) pieces.push({ kind: "text", text: text.slice(from, at) });
    pieces.push(hiddenPiece(match[0]));
    from = at + match[0].length;
  }
  if (from < text.length) pieces.push({ kind: "text", text: text.slice(from) });
  return pieces;
}

function hiddenPiece(character: string): TextPiece {
  const point = character.codePointAt(0) ?? 0;
  const code = `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
  const tag = point >= 0xe0020 && point <= 0xe007e ? `tag ${String.fromCharCode(point - 0xe0000)}` : undefined;
  return { kind: "hidden", name: names[point] ?? tag ?? code, code };
}

/** The joiner between two pictographs, and the variation selector after one or after a keycap's digit. */
function isPartOfEmoji(character: string, text: string, at: number): boolean {
  const before = [...text.slice(Math.max(0, at - 4), at)].filter((each) => each !== "\ufe0f").at(-1) ?? "";
  if (character === "\ufe0f" || character === "\ufe0e") return emojiPart.test(before);
  if (character !== "\u200d") return false;
  return emojiPart.test(before) && pictograph.test(String.fromCodePoint(text.codePointAt(at + 1) ?? 0));
}
