/**
 * A foreign text as a header's value: all but visible ASCII and each `%` percent-encoded as UTF-8, so that `decodeURIComponent`
 * gives the exact text. A header holds nothing else that every receiver would read alike, and Node.js sends none of it.
 */
export function headerValue(text: string): string {
  return text.toWellFormed().replace(/[^\x21-\x24\x26-\x7e]/gu, encodeURIComponent);
}
