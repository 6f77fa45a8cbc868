/** Bounds on untrusted JSON, checked before parsing (JSON.parse itself accepts a depth of a million). */
export const jsonLimits = { depth: 64, values: 200_000 } as const;

export type JsonScan =
  | {
      readonly ok: true;
      /** Position of each element of a top-level array; null if the text is not an array. */
      readonly elements: readonly (readonly [number, number])[] | null;
    }
  | { readonly ok: false; readonly code: "too_deep" | "too_many_values"; readonly at: number };

/**
 * Scans JSON text once without recursion. Bounds depth and number of values and finds the exact text of each element of a top-level array;
 * JSON.parse decides whether the text is JSON at all.
 */
export function scanJson(text: string, limits: { depth: number; values: number } = jsonLimits): JsonScan {
  const first = firstNonSpace(text);
  const elements: [number, number][] | null = text.charCodeAt(first) === 91 ? [] : null;
  let depth = 0;
  let values = 1;
  let start = first + 1;
  for (let i = first; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) {
      i = endOfString(text, i);
    } else if (code === 123 || code === 91) {
      depth += 1;
      if (depth > limits.depth) return { ok: false, code: "too_deep", at: i };
    } else if (code === 125 || code === 93) {
      depth -= 1;
      if (depth === 0 && elements) pushElement(text, elements, [start, i]);
    } else if (code === 44) {
      values += 1;
      if (values > limits.values) return { ok: false, code: "too_many_values", at: i };
      if (depth === 1 && elements) {
        pushElement(text, elements, [start, i]);
        start = i + 1;
      }
    }
  }
  return { ok: true, elements };
}

/** Where the string that opens at `open` ends. */
export function endOfString(text: string, open: number): number {
  let i = open + 1;
  for (;;) {
    const close = text.indexOf('"', i);
    if (close < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(close - 1 - slashes) === 92) slashes += 1;
    if (slashes % 2 === 0) return close;
    i = close + 1;
  }
}

function firstNonSpace(text: string): number {
  let i = 0;
  while (i < text.length && isSpace(text.charCodeAt(i))) i += 1;
  return i;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

function pushElement(text: string, elements: [number, number][], range: readonly [number, number]): void {
  let [from, to] = range;
  while (from < to && isSpace(text.charCodeAt(from))) from += 1;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to -= 1;
  if (to > from) elements.push([from, to]);
}
