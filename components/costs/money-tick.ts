import { formatMoney } from "@/lib/core/format/format-money";
import { formatTokens } from "@/lib/core/format/format-tokens";

const nanosPerDollar = 1_000_000_000;
const thousandDollars = 1_000 * nanosPerDollar;

/** A round amount beside the axis: without the zeros that a sum is written with, `$250k` and `$2.5M` where it is large. */
export function moneyTick(value: number): string {
  if (value < thousandDollars) return formatMoney(value).replace(/(\.\d\d\d*?)0+$/, "$1");
  return `$${formatTokens(Math.round(value / nanosPerDollar))}`;
}
