/** A word of a query as written: free text, or a key with a value. Positions are in characters of the query. */
export type QueryWord = {
  readonly at: number;
  readonly end: number;
  readonly key: string | null;
  readonly value: string;
  readonly valueAt: number;
  readonly quoted: boolean;
  /** The quote was opened but not closed. */
  readonly open: boolean;
};

const space = /\s/;

/** Splits at white space outside quotes; inside quotes, `\"` and `\\` are escapes. */
export function queryWords(text: string): readonly QueryWord[] {
  const words: QueryWord[] = [];
  let at = 0;
  while (at < text.length) {
    if (space.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const word = wordAt(text, at);
    words.push(word);
    at = word.end;
  }
  return words;
}

function wordAt(text: string, at: number): QueryWord {
  const key = /^[a-z]+(?=:)/i.exec(text.slice(at, at + 20))?.[0] ?? null;
  const valueAt = key === null ? at : at + key.length + 1;
  const read = text.charAt(valueAt) === '"' ? quotedAt(text, valueAt) : bareAt(text, valueAt);
  return { at, key, valueAt, ...read };
}

function bareAt(text: string, from: number): Pick<QueryWord, "end" | "value" | "quoted" | "open"> {
  let end = from;
  while (end < text.length && !space.test(text.charAt(end))) end += 1;
  return { end, value: text.slice(from, end), quoted: false, open: false };
}

function quotedAt(text: string, from: number): Pick<QueryWord, "end" | "value" | "quoted" | "open"> {
  let value = "";
  for (let at = from + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') return { end: at + 1, value, quoted: true, open: false };
    const next = text.charAt(at + 1);
    const escaped = char === "\\" && (next === '"' || next === "\\");
    value += escaped ? next : char;
    if (escaped) at += 1;
  }
  return { end: text.length, value, quoted: true, open: true };
}

/** Quotes the value so that it parses back as one. */
export function quote(value: string): string {
  return `"${value.replace(/[\\"]/g, "\\$&")}"`;
}
