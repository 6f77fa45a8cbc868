import { entriesOf, objectOf, parseExact, stringifyExact } from "./exact-json";
import { headOf } from "./head-of";
import { isJsonObject, type Json } from "./json";

const suspect = /\\u(?:0000|[dD][89a-fA-F][0-9a-fA-F]{2})/;

/**
 * Makes JSON text storable: PostgreSQL stores neither U+0000 nor lone surrogates, so both become U+FFFD, keys included. Works on the parsed
 * value, never on the text; returns the given text untouched if nothing had to change.
 */
export function storableJson<T extends Json>(text: string, value: T): { text: string; value: T; sanitized: boolean } {
  if (!suspect.test(text)) return { text, value, sanitized: false };
  const state = { changed: false };
  const clean = cleanValue(value, state) as T;
  if (!state.changed) return { text, value, sanitized: false };
  return { text: stringifyExact(cleanValue(parseExact(text), state)), value: clean, sanitized: true };
}

/** The same for one string; cut to `max` UTF-16 units. */
export function storableText(text: string, max: number): string {
  const cut = text.length > max ? headOf(text, max) : text;
  return cut.includes("\u0000") ? cut.replaceAll("\u0000", "\ufffd").toWellFormed() : cut.toWellFormed();
}

function cleanValue(value: Json, state: { changed: boolean }): Json {
  if (typeof value === "string") {
    const clean = storableText(value, value.length);
    if (clean !== value) state.changed = true;
    return clean;
  }
  if (Array.isArray(value)) return value.map((item) => cleanValue(item, state));
  if (isJsonObject(value)) {
    return objectOf(entriesOf(value).map(([key, item]) => [cleanValue(key, state) as string, cleanValue(item, state)]));
  }
  return value;
}
