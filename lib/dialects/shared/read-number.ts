import type { Json } from "../../core/json";
import { firstRead } from "./first-read";

function numberOf(value: Json): number | undefined {
  const number = typeof value === "string" && /^\s*-?\d{1,64}(\.\d{1,64})?([eE][+-]?\d{1,4})?\s*$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** First finite number under `keys`; a decimal number in a string counts. */
export function readNumber(holder: Json | undefined, ...keys: readonly string[]): number | undefined {
  return firstRead(holder, keys, numberOf);
}
