import type { BudgetScope, BudgetUnit } from "../../core/budgets/words";
import type { JsonObject } from "../../core/json";
import { defined } from "./defined";
import { isoOf } from "./iso-of";

/** A threshold of a budget of ours that an event of a run crossed, to be written in the words of the run's system. */
export type OwnCrossing = {
  /** The sender's id of the run. */
  readonly runId: string;
  readonly budget: string;
  readonly scope: BudgetScope;
  /** Agent or session that it is counted for. */
  readonly key?: string;
  readonly unit: BudgetUnit;
  /** Tokens, or nano-dollars. */
  readonly amount: number;
  readonly spent: number;
  /** Percent. */
  readonly threshold: number;
  /** The event that crossed. */
  readonly seq: number;
  readonly atMs: number;
};

export function usedPercent({ spent, amount }: OwnCrossing): number {
  return Math.round((spent / amount) * 1_000) / 10;
}

export function crossingSentence(crossing: OwnCrossing): string {
  const whose = crossing.key === undefined ? crossing.scope : `${crossing.scope} ${crossing.key}`;
  return `Budget "${crossing.budget}" (${whose}) crossed ${crossing.threshold} %: ${usedPercent(crossing)} % used`;
}

/** What every system is told of a crossing; tokens under their own names, money in dollars and exactly. */
export function ownCrossingPart(crossing: OwnCrossing): JsonObject {
  const { budget, scope, key, unit, amount, spent, threshold, seq } = crossing;
  return defined({
    budget,
    budget_type: scope,
    budget_key: key,
    usage_percent: usedPercent(crossing),
    threshold_percent: threshold,
    level: threshold >= 100 ? "exceeded" : "warning",
    ...(unit === "tokens"
      ? { tokens_used: spent, tokens_budget: amount }
      : { cost_used: spent / 1e9, cost_budget: amount / 1e9, cost_used_nanos: spent, cost_budget_nanos: amount }),
    crossed_at_seq: seq,
  }) as JsonObject;
}

/** For systems that have no word for it: ours, written like theirs. */
export function ownCrossing(crossing: OwnCrossing): JsonObject {
  return {
    type: "budget.crossed",
    run_id: crossing.runId,
    timestamp: isoOf(crossing.atMs),
    message: crossingSentence(crossing),
    ...ownCrossingPart(crossing),
  };
}
