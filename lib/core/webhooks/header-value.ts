/**
 * Foreign text as a header value: everything but visible ASCII, and each `%`, is percent-encoded as UTF-8, so that `decodeURIComponent`
 * restores the exact text. Receivers would not read anything else in a header alike, and Node.js refuses to send it.
 */
export function headerValue(text: string): string {
  return text.toWellFormed().replace(/[^\x21-\x24\x26-\x7e]/gu, encodeURIComponent);
}
