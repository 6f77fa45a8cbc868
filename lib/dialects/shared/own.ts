import { isJsonObject, type Json } from "../../core/json";

/** The value under the first of `keys` that the object itself holds and that is not null. Inherited names such as `constructor` are never seen. */
export function own(holder: Json | undefined, ...keys: readonly string[]): Json | undefined {
  if (!isJsonObject(holder)) return undefined;
  for (const key of keys) {
    if (!Object.hasOwn(holder, key)) continue;
    const value = holder[key];
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}
