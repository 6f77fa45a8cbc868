import { ExactNumber, entriesOf } from "../exact-json";
import { isJsonObject, type Json } from "../json";

/**
 * One text for equal values: keys sorted by UTF-16 code unit, no spaces (as in RFC 8785). A number that a double would change keeps its
 * literal and a repeated key stays repeated: values that differ for any reader get different texts.
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value instanceof ExactNumber) return value.literal;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const entries = [...entriesOf(value)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item ?? null)}`).join(",")}}`;
}
