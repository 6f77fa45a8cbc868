export const units = ["ratio", "events/s", "requests/s", "deliveries/s", "ms", "s", "MB", "bytes", "count"] as const;
export type Unit = (typeof units)[number];

export type Target = { readonly atLeast: number } | { readonly atMost: number };

/** One measured figure. Ratios were taken side by side and are the ones to compare between runs and machines. */
export type Figure = {
  /** Stable name, also in the baseline. */
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly unit: Unit;
  readonly target?: Target;
};

export type Verdict = "met" | "missed" | "none";

export function verdictOf({ value, target }: Figure): Verdict {
  if (!target) return "none";
  return ("atLeast" in target ? value >= target.atLeast : value <= target.atMost) ? "met" : "missed";
}

const decimals: Readonly<Record<Unit, number>> = {
  ratio: 3,
  "events/s": 0,
  "requests/s": 0,
  "deliveries/s": 0,
  ms: 1,
  s: 2,
  MB: 1,
  bytes: 0,
  count: 0,
};

export function formatValue(value: number, unit: Unit): string {
  const digits = decimals[unit];
  const text = value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return unit === "ratio" || unit === "count" ? text : `${text} ${unit}`;
}

export function formatTarget({ target, unit }: Figure): string {
  if (!target) return "";
  return "atLeast" in target ? `>= ${formatValue(target.atLeast, unit)}` : `<= ${formatValue(target.atMost, unit)}`;
}
