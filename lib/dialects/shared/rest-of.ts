import type { Json, JsonObject } from "../../core/json";

/** What `holder` says beyond the `used` keys (nulls left out), for `extra`; undefined when nothing is left. */
export function restOf(holder: JsonObject | undefined, used: Iterable<string>): JsonObject | undefined {
  if (holder === undefined) return undefined;
  const known = new Set(used);
  const left: [string, Json][] = [];
  for (const key of Object.keys(holder)) {
    const value = holder[key];
    if (!known.has(key) && value !== undefined && value !== null) left.push([key, value]);
  }
  return left.length > 0 ? Object.fromEntries(left) : undefined;
}
