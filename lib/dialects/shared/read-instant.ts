import type { Json } from "../../core/json";
import { firstRead } from "./first-read";
import { instantOf } from "./instant-of";

/** First moment under `keys` that `instantOf` understands, in epoch milliseconds. */
export function readInstant(holder: Json | undefined, ...keys: readonly string[]): number | undefined {
  return firstRead(holder, keys, instantOf);
}
