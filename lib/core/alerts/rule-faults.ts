import type { AlertFilter } from "./rule";
import { type AlertKind, kindFacts } from "./words";

/** The inclusive range of each of a rule's own figures; whole numbers. */
export const ruleLimits = {
  windowMinutes: { least: 1, most: 1_440 },
  minRuns: { least: 1, most: 10_000 },
  forSeconds: { least: 0, most: 86_400 },
  recoverSeconds: { least: 0, most: 86_400 },
} as const;

type Checked = { readonly kind: AlertKind; readonly filter: AlertFilter; readonly warning: number | null; readonly alert: number };

export type RuleFault = { readonly path: readonly string[]; readonly message: string };

/** Contradictions within a rule. Separate from the schemas so that browsers do not load those. */
export function* ruleFaults({ kind, filter, warning, alert }: Checked): Generator<RuleFault> {
  const { most, unit } = kindFacts[kind];
  const isPart = (figure: number) => unit === "runs" && !Number.isInteger(figure);
  const whole = "A count of runs must be a whole number.";
  if (kind === "no-data" && filter.agent !== null)
    yield { path: ["filter", "agent"], message: "A rule about sources cannot filter by agent." };
  if (kind === "budget-crossed" && filter.dialect !== null)
    yield { path: ["filter", "dialect"], message: "A rule about budgets cannot filter by system: a budget counts all of them." };
  if (kind === "budget-crossed" && filter.environment !== null)
    yield { path: ["filter", "environment"], message: "A rule about budgets cannot filter by environment: a budget counts all of them." };
  if (alert > most) yield { path: ["alert"], message: `The most is ${most.toLocaleString("en")} ${unit}.` };
  if (isPart(alert)) yield { path: ["alert"], message: whole };
  if (warning === null) return;
  if (isPart(warning)) yield { path: ["warning"], message: whole };
  if (warning >= alert) yield { path: ["warning"], message: "The warning threshold must be lower than the alert threshold." };
}
