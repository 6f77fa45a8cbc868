import { ExactNumber, entriesOf, JsonText, met } from "./values";

/** Like JSON.stringify, but writes what `parseExact` read as it was: literals, repeated keys. Costs nothing extra if nothing is exact. */
export function stringifyExact(value: unknown, indent = 0): string {
  met.exact = false;
  const text = JSON.stringify(value, null, indent);
  return met.exact ? (write(value, { indent, margin: "\n" }) ?? "null") : text;
}

/** The text of a value that JSON.stringify would change; undefined if it would not. */
export function exactTextOf(value: unknown): string | undefined {
  met.exact = false;
  JSON.stringify(value);
  return met.exact ? write(value, { indent: 0, margin: "\n" }) : undefined;
}

type Layout = { readonly indent: number; readonly margin: string };

function write(value: unknown, layout: Layout): string | undefined {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) as string | undefined;
  if (value instanceof ExactNumber) return value.literal;
  if (value instanceof JsonText) return value.text;
  const inner = { indent: layout.indent, margin: layout.margin + " ".repeat(layout.indent) };
  if (Array.isArray(value)) {
    const items = value.map((item) => write(item, inner) ?? "null");
    return enclose("[]", items, { inner, outer: layout });
  }
  if ("toJSON" in value && typeof value.toJSON === "function") return write(value.toJSON(), layout);
  const colon = layout.indent > 0 ? ": " : ":";
  const fields: string[] = [];
  for (const [key, item] of entriesOf(value)) {
    const text = write(item, inner);
    if (text !== undefined) fields.push(JSON.stringify(key) + colon + text);
  }
  return enclose("{}", fields, { inner, outer: layout });
}

function enclose(brackets: "[]" | "{}", parts: readonly string[], { inner, outer }: { inner: Layout; outer: Layout }): string {
  if (parts.length === 0) return brackets;
  if (outer.indent === 0) return `${brackets[0]}${parts.join(",")}${brackets[1]}`;
  return `${brackets[0]}${inner.margin}${parts.join(`,${inner.margin}`)}${outer.margin}${brackets[1]}`;
}
