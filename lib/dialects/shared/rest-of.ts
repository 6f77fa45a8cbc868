import type { Json, JsonObject } from "../../core/json";

/** What `holder` says beyond the `used` keys (nulls left out), for `extra`; undefined when nothing is left. */
export function restOf(holder: JsonObject | undefined, used: readonly string[]): JsonObject | undefined {
  if (holder === undefined) return undefined;
  const left: [string, Json][] = [];
  for (const key of Object.keys(holder)) {
    const value = holder[key];
    if (value !== undefined && value !== null && !used.includes(key)) left.push([key, value]);
  }
  return left.length > 0 ? Object.fromEntries(left) : undefined;
}
