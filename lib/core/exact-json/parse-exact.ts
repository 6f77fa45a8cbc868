import type { Json } from "../json";
import { endOfString } from "../json-scan";
import { type Entry, ExactNumber, objectOf } from "./values";

/**
 * Lossless JSON: what JSON.parse returns, but with an ExactNumber where a double would change the literal, and a WrittenKeys where a key
 * repeats or an object would reorder its keys. Texts that need neither cost one extra pass. Recursive: bound the depth of untrusted text
 * first. Throws like JSON.parse.
 */
export function parseExact(text: string): Json {
  const value = JSON.parse(text) as Json;
  const found = look(text);
  return found.lossy || found.keys !== countKeys(value) ? new Reader(text).value() : value;
}

/** Whether a double round-trips this literal. */
function isFaithful(literal: string): boolean {
  if (literal.length < 16 && literal !== "-0" && /^-?\d+$/.test(literal)) return true;
  return String(Number(literal)) === literal;
}

const isNumberStart = (code: number): boolean => code === 45 || (code >= 48 && code <= 57);

function numberEnd(text: string, start: number): number {
  let i = start + 1;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Digits, sign, point and exponent; JSON.parse accepted the text, so nothing else can follow.
    if (!(isNumberStart(code) || code === 43 || code === 46 || code === 69 || code === 101)) break;
  }
  return i;
}

/** Counts the written keys, and tells whether a literal, or the place of a numeric key, may be lost. */
function look(text: string): { keys: number; lossy: boolean } {
  let keys = 0;
  let begin = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) {
      begin = i + 1;
      i = endOfString(text, i);
    } else if (code === 58) {
      // An object puts numeric keys first, in numeric order. Digits may be escaped.
      const first = text.charCodeAt(begin);
      if ((first >= 48 && first <= 57) || first === 92) return { keys, lossy: true };
      keys += 1;
    } else if (isNumberStart(code)) {
      const end = numberEnd(text, i);
      if (!isFaithful(text.slice(i, end))) return { keys, lossy: true };
      i = end - 1;
    }
  }
  return { keys, lossy: false };
}

function countKeys(value: Json): number {
  if (typeof value !== "object" || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) for (const item of value) count += countKeys(item);
  else
    for (const item of Object.values(value)) {
      count += 1;
      if (typeof item === "object") count += countKeys(item);
    }
  return count;
}

/** Reads text that JSON.parse has accepted, so nothing is checked twice. */
class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(): Json {
    const code = this.next();
    if (code === 123) return this.object();
    if (code === 91) return this.list();
    if (code === 34) return this.string();
    if (isNumberStart(code)) return this.number();
    const word = code === 116 ? "true" : code === 102 ? "false" : "null";
    this.at += word.length;
    return code === 110 ? null : code === 116;
  }

  /** The next non-blank character. */
  private next(): number {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return code;
      this.at += 1;
    }
  }

  private object(): Json {
    const entries: Entry[] = [];
    this.at += 1;
    while (this.next() !== 125) {
      if (this.next() === 44) this.at += 1;
      this.next();
      const key = this.string();
      this.next();
      this.at += 1;
      entries.push([key, this.value()]);
    }
    this.at += 1;
    return objectOf(entries);
  }

  private list(): Json {
    const items: Json[] = [];
    this.at += 1;
    while (this.next() !== 93) {
      if (this.next() === 44) this.at += 1;
      items.push(this.value());
    }
    this.at += 1;
    return items;
  }

  private string(): string {
    const start = this.at;
    const end = endOfString(this.text, start);
    this.at = end + 1;
    const inner = this.text.slice(start + 1, end);
    return inner.includes("\\") ? (JSON.parse(`"${inner}"`) as string) : inner;
  }

  private number(): Json {
    const start = this.at;
    this.at = numberEnd(this.text, start);
    const literal = this.text.slice(start, this.at);
    return isFaithful(literal) ? Number(literal) : (new ExactNumber(literal) as unknown as Json);
  }
}
