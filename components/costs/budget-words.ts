import type { Budget } from "@/lib/core/budgets/budget";
import { formatMoney } from "@/lib/core/format/format-money";
import { formatTokens } from "@/lib/core/format/format-tokens";
import { readDecimal } from "@/lib/core/format/read-decimal";

export const scopeWords = { project: "Project", agent: "Agent", session: "Session", run: "Run" } as const;
export const windowWords = { total: "in all", day: "a day", month: "a month" } as const;
export const unitWords = { dollars: "Dollars", tokens: "Tokens" } as const;

export const actionWords = { notify: "Notify", pause: "Notify, and ask to pause", cancel: "Notify, and ask to stop" } as const;

/** "$5.00 a day", "20k tokens in all". */
export function limitWords({ unit, amount, window }: Pick<Budget, "unit" | "amount" | "window">): string {
  return `${amountWords(unit, amount)} ${windowWords[window]}`;
}

export function amountWords(unit: Budget["unit"], amount: number): string {
  return unit === "dollars" ? formatMoney(amount) : `${formatTokens(Math.max(0, amount))} tokens`;
}

/** Whose spending it counts. */
export function whoseWords({ scope, target }: Pick<Budget, "scope" | "target">): string {
  if (scope === "project") return "the project";
  return target === null ? `each ${scope}` : `${scope} ${target}`;
}

/** "asked 3 runs to pause, 1 cannot". */
export function actedWords(action: Budget["action"], { asked, refused }: { readonly asked: number; readonly refused: number }): string {
  const runs = `${asked.toLocaleString("en")} ${asked === 1 ? "run" : "runs"}`;
  const rest = refused === 0 ? "" : `, ${refused.toLocaleString("en")} cannot`;
  return `asked ${runs} to ${action === "pause" ? "pause" : "stop"}${rest}`;
}

/** Dollars as people write them, in nano-dollars; tokens as they are. null = not a positive amount. */
export function amountOf(unit: Budget["unit"], written: string): number | null {
  const value = Number(readDecimal(written) ?? Number.NaN);
  const amount = Math.round(unit === "dollars" ? value * 1e9 : value);
  return Number.isSafeInteger(amount) && amount > 0 ? amount : null;
}
