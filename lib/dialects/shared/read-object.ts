import { isJsonObject, type Json, type JsonObject } from "../../core/json";
import { firstRead } from "./first-read";

/** First JSON object under `keys`; lists are not objects. */
export function readObject(holder: Json | undefined, ...keys: readonly string[]): JsonObject | undefined {
  return firstRead(holder, keys, (value) => (isJsonObject(value) ? value : undefined));
}
