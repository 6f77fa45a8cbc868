import { parseExact } from "../../core/exact-json";
import type { Json } from "../../core/json";
import { jsonLimits, scanJson } from "../../core/json-scan";

/** As deep as the door lets a body be; text inside a body has not been measured there. */
const limits = { depth: jsonLimits.depth, values: Number.POSITIVE_INFINITY };

let parse: (text: string) => Json = JSON.parse;

/** What `work` reads of JSON inside JSON keeps its literals too. Nobody else sees it: reading an event is synchronous. */
export function readingExactly<T>(work: () => T): T {
  parse = parseExact;
  try {
    return work();
  } finally {
    parse = JSON.parse;
  }
}

/** JSON that a sender wrote as text inside JSON: an object or a list, at most 64 deep. Everything else gives undefined. */
export function parseJson(text: string): Json | undefined {
  const first = text.trimStart().charAt(0);
  if ((first !== "{" && first !== "[") || !scanJson(text, limits).ok) return undefined;
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
