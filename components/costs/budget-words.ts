import type { Budget } from "@/lib/core/budgets/budget";
import { readDecimal } from "@/lib/core/format/read-decimal";

export const scopeWords = { project: "Project", agent: "Agent", session: "Session", run: "Run" } as const;
export const unitWords = { dollars: "Dollars", tokens: "Tokens" } as const;

export const actionWords = { notify: "Notify", pause: "Notify, and ask to pause", cancel: "Notify, and ask to stop" } as const;

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
