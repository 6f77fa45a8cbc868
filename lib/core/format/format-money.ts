const nanosPerDollar = 1_000_000_000;
/** $0.0001, the smallest amount that four decimals show. */
const smallestNanos = 100_000;
const centNanos = 10_000_000;
/** Where sums saturate: the largest exact integer. The real amount is this or more. */
export const mostNanos = Number.MAX_SAFE_INTEGER;

export type MoneyOptions = {
  /** Prefixes `~`: the figure is ours, not the sender's. */
  readonly estimate?: boolean;
};

/**
 * Nano-dollars for people: four decimals below a dollar, two above, `<$0.0001` below what they show. null is an unknown amount, shown as
 * `unpriced`. The largest storable amount shows that it may be more: `>$9,007,199.25`. Only 0 gives `$0.00`, so pass 0 only if a zero was
 * really reported.
 */
export function formatMoney(nanos: number | null, options: MoneyOptions = {}): string {
  if (nanos === null || !Number.isFinite(nanos)) return "unpriced";
  const prefix = options.estimate === true ? "~" : "";
  const sign = nanos < 0 ? "-" : "";
  const amount = Math.abs(nanos);
  if (amount >= mostNanos) return `${prefix}${sign}>$9,007,199.25`;
  if (amount === 0) return `${prefix}$0.00`;
  if (amount < smallestNanos) return `${prefix}${sign}<$0.0001`;
  const fine = Math.round(amount / smallestNanos);
  if (fine * smallestNanos < nanosPerDollar) return `${prefix}${sign}$0.${String(fine).padStart(4, "0")}`;
  const cents = Math.round(amount / centNanos);
  const dollars = Math.floor(cents / 100).toLocaleString("en-US");
  return `${prefix}${sign}$${dollars}.${String(cents % 100).padStart(2, "0")}`;
}

/** Whole nano-dollars as dollars with all nine decimals; a division would be off by one from four million dollars on. */
export function exactDollars(nanos: number): string {
  const digits = String(Math.abs(nanos)).padStart(10, "0");
  return `${nanos < 0 ? "-" : ""}${digits.slice(0, -9)}.${digits.slice(-9)}`;
}
