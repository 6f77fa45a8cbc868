import type { Budget } from "./budget";
import type { BudgetWindow } from "./words";

/** A budget as the append needs it. */
export type BudgetRule = Pick<Budget, "id" | "name" | "scope" | "target" | "unit" | "amount" | "window" | "thresholds">;

/** What one event added to what its run has spent. May be negative: a run corrects itself. */
export type Spending = {
  readonly runId: string;
  readonly session: string | null;
  /** Empty where none was named. */
  readonly agent: string;
  readonly seq: number;
  readonly atMs: number;
  readonly tokens: number;
  readonly nanos: number;
};

/** What a batch adds to one count, event by event. Budgets that count the same share it. */
type Sum = {
  readonly key: string;
  /** Start of the window, epoch milliseconds; 0 = of all time. */
  readonly windowMs: number;
  readonly sum: number;
  /** Without what was taken back. */
  readonly gained: number;
  readonly steps: readonly { readonly spending: Spending; readonly amount: number }[];
};

/** What a batch adds to one count of one budget. */
export type Charge = Sum & { readonly rule: BudgetRule };

export type Crossing = {
  readonly charge: Charge;
  /** Percent. */
  readonly threshold: number;
  /** The event that crossed. */
  readonly spending: Spending;
  readonly spent: number;
};

/** Which counts of which budgets these events add to. */
export function chargesOf(rules: readonly BudgetRule[], spendings: readonly Spending[]): Charge[] {
  // A hundred budgets are told by at most 24 ways of counting: the events are walked once for each of those.
  const sums = new Map<string, readonly Sum[]>();
  return rules.flatMap((rule) => {
    const way = `${rule.scope} ${rule.window} ${rule.unit}`;
    let found = sums.get(way);
    if (!found) {
      found = sumsOf(rule, spendings);
      sums.set(way, found);
    }
    const own = rule.target === null ? found : found.filter((sum) => sum.key === rule.target);
    return own.map((sum) => ({ ...sum, rule }));
  });
}

function sumsOf({ scope, window, unit }: BudgetRule, spendings: readonly Spending[]): Sum[] {
  const sums = new Map<
    string,
    { -readonly [K in keyof Omit<Sum, "steps">]: Sum[K] } & { steps: { spending: Spending; amount: number }[] }
  >();
  for (const spending of spendings) {
    const amount = unit === "tokens" ? spending.tokens : spending.nanos;
    const key = amount === 0 ? null : keyOf(scope, spending);
    if (key === null) continue;
    const windowMs = windowStart(window, spending.atMs);
    const place = `${windowMs} ${key}`;
    let sum = sums.get(place);
    if (!sum) {
      sum = { key, windowMs, sum: 0, gained: 0, steps: [] };
      sums.set(place, sum);
    }
    sum.sum += amount;
    sum.gained += Math.max(0, amount);
    sum.steps.push({ spending, amount });
  }
  return [...sums.values()];
}

/** The thresholds that a charge crosses, each at the event that does, given what is spent when all of the charge is counted. */
export function crossingsOf(charge: Charge, spentAfter: number): Crossing[] {
  const { rule } = charge;
  const crossings: Crossing[] = [];
  for (const threshold of rule.thresholds) {
    const limit = limitOf(rule.amount, threshold);
    const start = spentAfter - charge.sum;
    if (start >= limit || start + charge.gained < limit) continue;
    let spent = start;
    for (const { spending, amount } of charge.steps) {
      const before = spent;
      spent += amount;
      if (before < limit && spent >= limit) {
        crossings.push({ charge, threshold, spending, spent });
        break;
      }
    }
  }
  return crossings;
}

/** The amounts at which the thresholds of a budget are reached. */
export function limitsOf(rule: BudgetRule): number[] {
  return rule.thresholds.map((threshold) => limitOf(rule.amount, threshold));
}

/** The least that reaches a threshold, exactly. */
function limitOf(amount: number, threshold: number): number {
  return Number((BigInt(amount) * BigInt(threshold) + 99n) / 100n);
}

export function windowStart(window: BudgetWindow, atMs: number): number {
  if (window === "total") return 0;
  const at = new Date(atMs);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), window === "day" ? at.getUTCDate() : 1);
}

function keyOf(scope: BudgetRule["scope"], { runId, agent, session }: Spending): string | null {
  switch (scope) {
    case "run":
      return runId;
    case "agent":
      return agent === "" ? null : agent;
    case "session":
      return session;
    case "project":
      return "";
  }
}
