import type { Json } from "../../core/json";
import { firstRead } from "./first-read";

/** First JSON list under `keys`. */
export function readList(holder: Json | undefined, ...keys: readonly string[]): readonly Json[] | undefined {
  return firstRead(holder, keys, (value) => (Array.isArray(value) ? (value as readonly Json[]) : undefined));
}
