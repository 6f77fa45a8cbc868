import { formatMoney } from "../format/format-money";
import { formatTokens } from "../format/format-tokens";
import type { Budget } from "./budget";

export const windowWords = { total: "in total", day: "a day", month: "a month" } as const;

type Limit = Pick<Budget, "unit" | "amount" | "window">;

export function amountWords(unit: Budget["unit"], amount: number): string {
  return unit === "dollars" ? formatMoney(amount) : `${formatTokens(Math.max(0, amount))} tokens`;
}

/** "$5.00 a day", "20k tokens in total". */
export function limitWords({ unit, amount, window }: Limit): string {
  return `${amountWords(unit, amount)} ${windowWords[window]}`;
}

/** "$5.20 of $5.00 a day". */
export function usedWords(limit: Limit, spent: number): string {
  return `${amountWords(limit.unit, spent)} of ${limitWords(limit)}`;
}
