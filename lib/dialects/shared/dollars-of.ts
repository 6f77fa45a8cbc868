const nanosPerDollar = 1_000_000_000;

/** Nano-dollars as the dollar number that dialects write; `readNanos` of it gives the same nano-dollars up to 2^53 / 10. */
export function dollarsOf(nanos: number): number {
  return nanos / nanosPerDollar;
}
