import type { Json } from "../../core/json";
import { firstRead } from "./first-read";

const decimal = /^\s*\+?(\d{0,80})(?:\.(\d{0,80}))?(?:[eE]([+-]?\d{1,4}))?\s*$/;
/** Digits after the point in one nano-dollar. */
const scale = 9;
const largestShift = 20;
/** Where every sum stops, too: a larger amount was reported, so it must not be taken for one that nobody knows. */
const mostNanos = Number.MAX_SAFE_INTEGER;

/** Exact on the decimal text, half a nano-dollar rounds up: 0.0814 -> 81_400_000 where 0.0814 * 1e9 is not an integer. */
function nanosOfText(text: string): number | undefined {
  const match = decimal.exec(text);
  if (!match) return undefined;
  const whole = match[1] ?? "";
  const fraction = match[2] ?? "";
  if (whole === "" && fraction === "") return undefined;
  const digits = BigInt(whole + fraction);
  if (digits === 0n) return 0;
  const shift = Number(match[3] ?? "0") + scale - fraction.length;
  if (shift > largestShift) return mostNanos;
  const nanos = shift >= 0 ? digits * 10n ** BigInt(shift) : roundedQuotient(digits, -shift);
  return nanos <= BigInt(mostNanos) ? Number(nanos) : mostNanos;
}

function roundedQuotient(digits: bigint, places: number): bigint {
  if (places > 200) return 0n;
  const divisor = 10n ** BigInt(places);
  return (digits + divisor / 2n) / divisor;
}

function nanosOf(value: Json): number | undefined {
  if (typeof value === "string") return nanosOfText(value);
  if (value === Number.POSITIVE_INFINITY) return mostNanos;
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0) return undefined;
  return nanosOfText(String(Math.abs(value)));
}

/** First dollar amount under `keys`, as a number or a decimal string, in nano-dollars, at most the largest that is exact ($9,007,199.25). Negative and unreadable amounts are passed over. */
export function readNanos(holder: Json | undefined, ...keys: readonly string[]): number | undefined {
  return firstRead(holder, keys, nanosOf);
}
