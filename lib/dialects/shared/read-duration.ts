import type { Json } from "../../core/json";
import { readNumber } from "./read-number";

/** First duration under `keys` in whole milliseconds: a fraction is rounded, a negative or unsafe value is left out. */
export function readDuration(holder: Json | undefined, ...keys: readonly string[]): number | undefined {
  const number = readNumber(holder, ...keys);
  if (number === undefined || number < 0) return undefined;
  const rounded = Math.round(number);
  return Number.isSafeInteger(rounded) ? Math.abs(rounded) : undefined;
}
