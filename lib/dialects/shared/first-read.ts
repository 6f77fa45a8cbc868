import { ExactNumber } from "../../core/exact-json";
import type { Json } from "../../core/json";
import { own } from "./own";

/** The first of `keys` whose value `read` understands; a key whose value it does not understand is passed over. */
export function firstRead<T>(holder: Json | undefined, keys: readonly string[], read: (value: Json) => T | undefined): T | undefined {
  for (const key of keys) {
    const value = own(holder, key);
    if (value === undefined) continue;
    const understood = read(value instanceof ExactNumber ? value.valueOf() : value);
    if (understood !== undefined) return understood;
  }
  return undefined;
}
