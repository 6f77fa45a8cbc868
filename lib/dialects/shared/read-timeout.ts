import type { Json } from "../../core/json";
import { readNumber } from "./read-number";

/**
 * How long a request waits for its decision, in whole milliseconds, from `timeout_seconds` or else `timeout_ms`. None where it is 0, which
 * programs write that leave no field out: a request that expires as it is asked is nobody's intention.
 */
export function readTimeout(holder: Json | undefined): number | undefined {
  const seconds = readNumber(holder, "timeout_seconds");
  const ms = Math.round(seconds === undefined ? (readNumber(holder, "timeout_ms") ?? 0) : seconds * 1_000);
  return ms > 0 && Number.isSafeInteger(ms) ? ms : undefined;
}
