import { fieldName, isWorkingFolder, looksRandom, type Secrecy, secrecyOf } from "./field-names";
import type { Found } from "./find-secrets";

/**
 * `name=`, `name:` and `name =>`, as in command lines, headers, URLs, code and JSON within a text. A name starts where none continues.
 * Quotes may follow backslashes, as in JSON inside a string.
 */
const named =
  /(?<![\w.-])((?:(?:access|api|auth|client|private|secret|signing) ){0,2}[\w.-]{1,80})(?:\\{0,16}["'])?([ \t]{0,16}(?:=>|:=|[=:])[ \t]{0,16})(\\{0,16}["'`])?/gi;
const runEnd = /[\s"'`&;,<>[\]{}]/g;
const shortest = 4;
/** A longer value is judged by its beginning and redacted whole. */
const judged = 500;
const longestQuoted = 4_000;

/** `Authorization: Basic dXNlcjpw`: words of prose have no capital, digit or sign inside. */
const schemed = /([A-Za-z-]{3,9}) {1,3}(?=[\w.~-]{1,200}[A-Z\d+/=])([\w.~+/=-]{6,})/y;
const schemes: ReadonlySet<string> = new Set(["basic", "bearer", "digest", "negotiate", "token", "key", "apikey", "api-key"]);
/** Headers whose values have more than one word. */
const headers = /(?:authorization|cookie)[^a-z]*$/i;
/** `Cookie: theme=dark; session=...`: to the end of the line. */
const cookies = /[\w.-]{1,100}=[^\r\n"'\\]{1,4000}/y;

/** What code and shells put in place of a value: a variable, a call, a field of the same kind, nothing. */
const variable = /^(?:\$(?:[A-Z_][A-Z0-9_]*$|[({])|\{\{)/;
const call = /^[A-Za-z_]+(?:\.[A-Za-z_]+)*\(/;
const field = /^[A-Za-z_]+(?:\??\.[A-Za-z_]+)*$/;
const nothing: ReadonlySet<string> = new Set(["none", "null", "true", "false", "undefined"]);

type Span = { readonly from: number; readonly to: number };
type Name = { readonly name: string; readonly sign: string; readonly secrecy: Secrecy };

/** Credentials by the name they are assigned to. */
export function namedIn(text: string): Found[] {
  const found: Found[] = [];
  const endOfRun = runsOf(text);
  const judge = rememberedSecrecy();
  named.lastIndex = 0;
  for (let match = named.exec(text); match; match = named.exec(text)) {
    const name = match[1] ?? "";
    const secrecy = judge(name);
    if (secrecy === null) continue;
    const from = named.lastIndex;
    const opened = match[3];
    const given = { name, sign: match[2] ?? "", secrecy };
    const closed = opened === undefined ? null : closeOf(text, from, opened);
    const value =
      closed !== null
        ? quotedValue(text, { from, to: closed }, given)
        : (headerValue(text, from, given) ?? bareValue(text, { from, to: endOfRun(from) }, given));
    if (value === null) continue;
    found.push({ from: value.from, to: value.to, name: "credential" });
    named.lastIndex = value.to;
  }
  return found;
}

const mostNames = 1_000;

/** Repeating one name a hundred thousand times is far more common than that many different names. */
function rememberedSecrecy(): typeof secrecyOf {
  const known = new Map<string, Secrecy | null>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const secrecy = secrecyOf(name);
    if (known.size < mostNames) known.set(name, secrecy);
    return secrecy;
  };
}

/** Where a run without blanks or brackets ends. One run may contain many names; it is scanned once. */
function runsOf(text: string): (from: number) => number {
  let known = 0;
  return (from) => {
    if (from < known) return known;
    runEnd.lastIndex = from;
    known = runEnd.exec(text)?.index ?? text.length;
    return known;
  };
}

const [lineFeed, backslash] = [10, 92];

/**
 * Where a quote opened this way closes; null if that is not on this line, or further away than values are long. It scans no further than it
 * finds: the text after one opening is the text after many.
 */
function closeOf(text: string, from: number, opened: string): number | null {
  const quote = opened.charCodeAt(opened.length - 1);
  const end = Math.min(text.length, from + longestQuoted);
  let slashes = 0;
  for (let at = from; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote && slashes === opened.length - 1) return at - slashes;
    if (code === lineFeed) return null;
    slashes = code === backslash ? slashes + 1 : 0;
  }
  return null;
}

function quotedValue(text: string, span: Span, { name, secrecy }: Name): Span | null {
  const value = text.slice(span.from, span.to);
  if (value === "" || variable.test(value) || isWorkingFolder(name, value)) return null;
  return secrecy === "secret" || looksRandom(value) ? span : null;
}

/** The secret part of headers with several words. */
function headerValue(text: string, from: number, { name, sign }: Name): Span | null {
  if (!headers.test(name)) return null;
  const plain = fieldName(name);
  if (plain.endsWith("authorization")) {
    schemed.lastIndex = from;
    const match = schemed.exec(text);
    if (match && schemes.has((match[1] ?? "").toLowerCase()))
      return { from: schemed.lastIndex - (match[2] ?? "").length, to: schemed.lastIndex };
  }
  if (!plain.endsWith("cookie") || !sign.includes(":")) return null;
  cookies.lastIndex = from;
  return cookies.test(text) ? { from, to: cookies.lastIndex } : null;
}

function bareValue(text: string, span: Span, name: Name): Span | null {
  const value = text.slice(span.from, Math.min(span.to, span.from + judged));
  return value.length >= shortest && isGiven(value, name) && !isReference(value, name, text[span.to]) ? span : null;
}

function isReference(value: string, { name, sign }: Name, next: string | undefined): boolean {
  if (sign.includes("=>") || variable.test(value) || call.test(value) || isWorkingFolder(name, value)) return true;
  const words = value.replace(/[);]+$/, "");
  if (nothing.has(words.toLowerCase()) || schemes.has(words.toLowerCase()) || fieldName(words) === fieldName(name)) return true;
  return words.includes(".") && field.test(words) && (next === "[" || secrecyOf(words.slice(words.lastIndexOf(".") + 1)) === "secret");
}

/** Prose has colons too: "Password: required". */
function isGiven(value: string, { sign, secrecy }: Name): boolean {
  if (looksRandom(value)) return true;
  return secrecy === "secret" && (sign.includes("=") || (value.length >= 8 && /\d/.test(value)));
}
