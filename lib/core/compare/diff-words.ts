import { align } from "./align";

/** A piece of text: in both, only in the first, or only in the second. */
export type WordPiece = { readonly in: "both" | "a" | "b"; readonly text: string };
export type WordDiff = {
  readonly pieces: readonly WordPiece[];
  /** How much of each text was compared; the rest is reported, never silently dropped. */
  readonly comparedChars: number;
  readonly isCut: boolean;
};

/** Beyond this, nobody reads the page and the comparison takes too long. */
const mostChars = 40_000;

/** Compares two texts word by word. Joining `both` and `a` restores the first text, `both` and `b` the second. */
export function diffWords(a: string, b: string): WordDiff {
  const [first, second] = [wordsOf(a.slice(0, mostChars)), wordsOf(b.slice(0, mostChars))];
  const pieces: { in: WordPiece["in"]; text: string }[] = [];
  const add = (where: WordPiece["in"], text: string) => {
    const last = pieces.at(-1);
    if (last?.in === where) last.text += text;
    else pieces.push({ in: where, text });
  };
  let [goneText, newText] = ["", ""];
  const flush = () => {
    if (goneText !== "") add("a", goneText);
    if (newText !== "") add("b", newText);
    [goneText, newText] = ["", ""];
  };
  for (const pair of align(first, second)) {
    const [mine, theirs] = [pair.a === null ? "" : (first[pair.a] ?? ""), pair.b === null ? "" : (second[pair.b] ?? "")];
    if (pair.same) {
      flush();
      add("both", mine);
    } else {
      goneText += mine;
      newText += theirs;
    }
  }
  flush();
  return { pieces, comparedChars: mostChars, isCut: a.length > mostChars || b.length > mostChars };
}

/** Words with their leading space, and punctuation marks on their own; in any script, joining them restores the text. */
function wordsOf(text: string): string[] {
  return text.match(/\s*[\p{L}\p{N}\p{M}_]+|\s*[^\s\p{L}\p{N}\p{M}_]|\s+$/gu) ?? [];
}
