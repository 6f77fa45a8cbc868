import type { Json } from "../../core/json";
import { firstRead } from "./first-read";

function booleanOf(value: Json): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string" || value.length > 5) return undefined;
  const word = value.toLowerCase();
  if (word === "true") return true;
  return word === "false" ? false : undefined;
}

/** First boolean under `keys`; the words "true" and "false" count, 1 and 0 do not. */
export function readBoolean(holder: Json | undefined, ...keys: readonly string[]): boolean | undefined {
  return firstRead(holder, keys, booleanOf);
}
