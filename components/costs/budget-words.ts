import type { Budget } from "@/lib/core/budgets/budget";
import type { BudgetPreview } from "@/lib/core/budgets/preview";
import { readDecimal } from "@/lib/core/format/read-decimal";

export const scopeWords = { project: "Project", agent: "Agent", session: "Session", run: "Run" } as const;
export const unitWords = { dollars: "Dollars", tokens: "Tokens" } as const;

export const actionWords = { notify: "Notify", pause: "Notify and request pause", cancel: "Notify and request cancel" } as const;

/** Whose spending it counts. */
export function whoseWords({ scope, target }: Pick<Budget, "scope" | "target">): string {
  if (scope === "project") return "the project";
  return target === null ? `each ${scope}` : `${scope} ${target}`;
}

/** "asked 3 runs to pause, 1 cannot". */
export function actedWords(action: Budget["action"], { asked, refused }: { readonly asked: number; readonly refused: number }): string {
  const runs = `${asked.toLocaleString("en")} ${asked === 1 ? "run" : "runs"}`;
  const rest = refused === 0 ? "" : `, ${refused.toLocaleString("en")} cannot`;
  return `asked ${runs} to ${action}${rest}`;
}

const dayMs = 86_400_000;

/** "It would have been crossed 6 times in the last 30 days: 50 % 3 times, 80 % twice, 100 % once." */
export function crossedWords(preview: Pick<BudgetPreview, "from" | "to" | "fired" | "thresholds">, window: Budget["window"]): string {
  const span = spanWords(preview, window);
  if (preview.fired === 0) return `It would not have been crossed ${span}.`;
  const each = preview.thresholds.map(({ threshold, fired }) => `${threshold} % ${timesWords(fired)}`).join(", ");
  return `It would have been crossed ${timesWords(preview.fired)} ${span}: ${each}.`;
}

/** As much of the time as is stored: windows, the present one among them. */
function spanWords({ from, to }: Pick<BudgetPreview, "from" | "to">, window: Budget["window"]): string {
  const [first, last] = [new Date(from), new Date(to)];
  const count =
    window === "month"
      ? (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth() + 1
      : Math.floor(last.getTime() / dayMs) - Math.floor(first.getTime() / dayMs) + 1;
  const unit = window === "month" ? "month" : "day";
  return count === 1 ? (unit === "day" ? "today" : "this month") : `in the last ${count} ${unit}s`;
}

const dayOfYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** "today", "yesterday", "on 3 Nov": a day in UTC, as seen from a moment. */
export function dayWords(at: string, now: string): string {
  const ago = Math.floor(Date.parse(now) / dayMs) - Math.floor(Date.parse(at) / dayMs);
  return ago === 0 ? "today" : ago === 1 ? "yesterday" : `on ${dayOfYear.format(Date.parse(at))}`;
}

function timesWords(times: number): string {
  return times === 0 ? "never" : times === 1 ? "once" : times === 2 ? "twice" : `${times.toLocaleString("en")} times`;
}

/** Dollars as people write them, in nano-dollars; tokens as they are. null = not a positive amount. */
export function amountOf(unit: Budget["unit"], written: string): number | null {
  const value = Number(readDecimal(written) ?? Number.NaN);
  const amount = Math.round(unit === "dollars" ? value * 1e9 : value);
  return Number.isSafeInteger(amount) && amount > 0 ? amount : null;
}
