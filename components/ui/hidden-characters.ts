export type TextPiece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "hidden"; readonly name: string; readonly code: string };

/**
 * Characters that change what is read without being seen: controls but tab and line feed, bidi controls, zero-width and
 * other default-ignorables, tag characters, variation selectors after anything but an emoji, odd line separators.
 */
const hidden =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]|[\ud800-\udfff]/gu;

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

const joiner = "\u200d";
const pictograph = /\p{Extended_Pictographic}/u;

/** Splits text into what can be shown and what would hide; an emoji's own joiners are not hidden. */
export function splitHidden(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(hidden)) {
    const at = match.index;
    if (match[0] === joiner && joinsEmoji(text, at)) continue;
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

function joinsEmoji(text: string, at: number): boolean {
  const next = String.fromCodePoint(text.codePointAt(at + 1) ?? 0);
  const before = [...text.slice(Math.max(0, at - 4), at)].filter((character) => character !== "\ufe0f").at(-1) ?? "";
  return pictograph.test(next) && (pictograph.test(before) || /\p{Emoji_Modifier}/u.test(before));
}
