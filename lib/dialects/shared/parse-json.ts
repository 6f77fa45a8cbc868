import { parseExact } from "../../core/exact-json";
import type { Json } from "../../core/json";

/** As deep as the door lets a body be; text inside a body has not been measured there. */
const deepest = 64;

function nestsTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === 0x5c) at++;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x7b || code === 0x5b) {
      depth++;
      if (depth > deepest) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return false;
}

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
  if ((first !== "{" && first !== "[") || nestsTooDeep(text)) return undefined;
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
