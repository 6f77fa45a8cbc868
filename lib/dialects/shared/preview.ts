import type { Json } from "../../core/json";
import { clip } from "./clip";

const deepest = 4;
const widest = 8;

function sketch(value: Json, depth: number): string {
  if (typeof value === "string") return depth === 0 ? value : JSON.stringify(value.slice(0, 200));
  if (typeof value !== "object" || value === null || value instanceof Number) return String(value);
  if (depth >= deepest) return Array.isArray(value) ? "[…]" : "{…}";
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).slice(0, widest).map((item) => sketch(item, depth + 1));
    return `[${items.join(", ")}${value.length > widest ? ", …" : ""}]`;
  }
  const keys = Object.keys(value);
  const pairs = keys
    .slice(0, widest)
    .map((key) => `${key.slice(0, 60)}: ${sketch((value as Readonly<Record<string, Json>>)[key] ?? null, depth + 1)}`);
  return depth === 0 ? pairs.join(", ") : `{${pairs.join(", ")}${keys.length > widest ? ", …" : ""}}`;
}

/** One line for people of any JSON, at most `limit` characters. Bounded in depth and width, so that it neither throws nor lingers on a hostile value. */
export function preview(value: Json | undefined, limit = 200): string | undefined {
  if (value === undefined || value === null) return undefined;
  return clip(sketch(value, 0), limit);
}
