import type { Json } from "../../core/json";
import { firstRead } from "./first-read";

/** First name or id under `keys`: a string that is not empty, or an exact integer written as text. */
export function readId(holder: Json | undefined, ...keys: readonly string[]): string | undefined {
  return firstRead(holder, keys, (value) => {
    if (typeof value === "string") return value === "" ? undefined : value;
    return typeof value === "number" && Number.isSafeInteger(value) ? String(value) : undefined;
  });
}
