import { ExactNumber, entriesOf, parseExact } from "../exact-json";
import { isJsonObject, type Json } from "../json";
import { matchesOf } from "./find-secrets";
import { placeholderForm } from "./placeholder";

const placeholders = new RegExp(placeholderForm, "gu");
/** JSON within texts of JSON, as deep as redaction goes. */
const deepest = 3;
/** Candidate places after a value where the following text may begin. */
const mostEnds = 16;
/** Against texts made to be slow: the most values checked, and the most characters checked as a multiple of the text's length. */
const mostValues = 10_000;
const mostTimes = 4;

type Look = { readonly mark: (value: string) => string; values: number; chars: number };

/**
 * Whether the stored JSON text is the sent one with parts redacted, under any policy: each placeholder's mark tells whether the value in
 * its place is the one it replaced. Key order counts, because a resend sends the same bytes.
 */
export function isSameBehind(stored: string, sent: string, mark: Look["mark"]): boolean {
  if (!placeholderForm.test(stored)) return false;
  return isSame(
    { mark, values: mostValues, chars: mostTimes * sent.length },
    { stored: parseExact(stored), sent: parseExact(sent), inner: 0 },
  );
}

type Pair = { readonly stored: Json; readonly sent: Json; readonly inner: number };

function isSame(look: Look, { stored, sent, inner }: Pair): boolean {
  if (Array.isArray(stored) && Array.isArray(sent))
    return stored.length === sent.length && stored.every((item, index) => isSame(look, { stored: item, sent: sent[index] ?? null, inner }));
  if (isJsonObject(stored) && isJsonObject(sent)) {
    const [left, right] = [entriesOf(stored), entriesOf(sent)];
    return (
      left.length === right.length &&
      left.every(([key, value], index) => {
        const [sentKey, sentValue] = right[index] ?? ["", null];
        return isText(look, key, sentKey) && isSame(look, { stored: value, sent: sentValue, inner });
      })
    );
  }
  if (isNumber(stored) && isNumber(sent)) return String(stored) === String(sent);
  if (typeof stored !== "string") return stored === sent;
  // A redacted number is stored as a text.
  if (typeof sent !== "string") return isNumber(sent) && isText(look, stored, String(sent));
  return isText(look, stored, sent) || isInner(look, { stored, sent, inner });
}

function isNumber(value: Json): boolean {
  return typeof value === "number" || (value as unknown) instanceof ExactNumber;
}

/** Redacting JSON within a text rewrites that text. */
function isInner(look: Look, { stored, sent, inner }: Pair & { readonly stored: string; readonly sent: string }): boolean {
  if (inner === deepest || !/^\s*[{[]/.test(sent) || !placeholderForm.test(stored)) return false;
  try {
    return isSame(look, { stored: parseExact(stored), sent: parseExact(sent), inner: inner + 1 });
  } catch {
    return false;
  }
}

/** Whether one text is the other with placeholders replacing values. */
function isText(look: Look, stored: string, sent: string): boolean {
  if (stored === sent) return true;
  const taken = matchesOf(placeholders, stored);
  const ends = [...taken.slice(1).map(({ index }) => index), stored.length];
  const [first] = taken;
  if (first === undefined || !sent.startsWith(stored.slice(0, first.index))) return false;
  let at = first.index;
  for (const [n, { index, 0: words }] of taken.entries()) {
    const behind = stored.slice(index + words.length, ends[n]);
    const to = endOf(look, { sent, from: at, behind, isLast: n === taken.length - 1, mark: words.slice(-9, -1) });
    if (to === null) return false;
    at = to + behind.length;
  }
  return at === sent.length;
}

type Value = { readonly sent: string; readonly from: number; readonly behind: string; readonly isLast: boolean; readonly mark: string };

/** Where the value that starts here and has this mark ends; null = it is not here. */
function endOf(look: Look, { sent, from, behind, isLast, mark }: Value): number | null {
  // With no text between two of them, nobody knows where the first ends.
  if (isLast)
    return sent.endsWith(behind) && isMarked(look, sent.slice(from, sent.length - behind.length), mark)
      ? sent.length - behind.length
      : null;
  if (behind === "") return null;
  let to = sent.indexOf(behind, from);
  for (let n = 0; n < mostEnds && to >= 0; n += 1) {
    if (isMarked(look, sent.slice(from, to), mark)) return to;
    to = sent.indexOf(behind, to + 1);
  }
  return null;
}

function isMarked(look: Look, value: string, mark: string): boolean {
  look.values -= 1;
  look.chars -= value.length;
  return value !== "" && look.values >= 0 && look.chars >= 0 && look.mark(value) === mark;
}
