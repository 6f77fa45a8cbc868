import type { Json } from "../../core/json";
import { firstRead } from "./first-read";

function countOf(value: Json): number | undefined {
  const number = typeof value === "string" && /^\s*\d{1,16}\s*$/.test(value) ? Number(value) : value;
  if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 0) return undefined;
  return number === 0 ? 0 : number;
}

/** First non-negative safe integer under `keys`; digits in a string count. Fractions, negatives, and what a double cannot hold exactly are passed over. */
export function readCount(holder: Json | undefined, ...keys: readonly string[]): number | undefined {
  return firstRead(holder, keys, countOf);
}
