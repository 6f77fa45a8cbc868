import type { Json } from "../../core/json";
import { firstRead } from "./first-read";

/** First string under `keys` that is not empty. Numbers are not turned into text; see `readId` for that. */
export function readString(holder: Json | undefined, ...keys: readonly string[]): string | undefined {
  return firstRead(holder, keys, (value) => (typeof value === "string" && value !== "" ? value : undefined));
}
