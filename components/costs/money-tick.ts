import { formatMoney } from "@/lib/core/format/format-money";

const nanosPerDollar = 1_000_000_000;
const thousandDollars = 1_000 * nanosPerDollar;
const thousands = [1_000, "k"] as const;
const steps = [[1_000_000_000, "B"], [1_000_000, "M"], thousands] as const;

/** A round amount beside the axis: without the zeros that a sum is written with, `$250k` and `$1.05M` where it is large. */
export function moneyTick(value: number): string {
  if (value < thousandDollars) return formatMoney(value).replace(/(\.\d\d\d*?)0+$/, "$1");
  const [step, unit] = steps.find(([each]) => value >= each * nanosPerDollar) ?? thousands;
  return `$${Math.round(value / ((step * nanosPerDollar) / 100)) / 100}${unit}`;
}
