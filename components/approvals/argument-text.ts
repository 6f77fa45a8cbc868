import { stringifyExact } from "@/lib/core/exact-json";
import { isJsonObject } from "@/lib/core/json";

/** Arguments as people read them before they decide: indented JSON, whole, as it was written. Decoding it gives the arguments again. */
export function argumentText(value: unknown): string {
  return stringifyExact(value ?? null, 2);
}

export function hasArguments(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  return Array.isArray(value) ? value.length > 0 : !isJsonObject(value) || Object.keys(value).length > 0;
}
