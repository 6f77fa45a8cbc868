import type { Budget } from "./budget";
import type { BudgetScope, BudgetUnit, BudgetWindow } from "./words";

const dayMs = 86_400_000;

/** A budget as the append path needs it. */
export type BudgetRule = Pick<Budget, "id" | "name" | "scope" | "target" | "unit" | "amount" | "window" | "thresholds">;

/** What one event added to its run's spending. May be negative: a run corrects itself. */
export type Spending = {
  readonly runId: string;
  readonly session: string | null;
  /** Empty if none was named. */
  readonly agent: string;
  readonly seq: number;
  readonly atMs: number;
  readonly tokens: number;
  readonly nanos: number;
};

/**
 * A way of counting, and the budgets that read that count: a hundred budgets need at most twelve. Built once for a project's budgets,
 * because every batch of events uses it.
 */
export type Way = {
  readonly scope: BudgetScope;
  readonly window: BudgetWindow;
  /** The budgets that count everybody, in rule order. */
  readonly everyone: readonly BudgetRule[];
  /** The budgets that count this target, including those that count everybody. */
  readonly byTarget: ReadonlyMap<string, readonly BudgetRule[]>;
  /** The amounts at which any of them has a threshold, ascending. */
  readonly limits: Readonly<Record<BudgetUnit, readonly number[]>>;
};

/** What a batch adds to one count, event by event: one target's spending in one window. Budgets that count the same thing share it. */
export type Count = {
  readonly way: Way;
  /** Start of the window, epoch milliseconds; 0 = all time. */
  readonly windowMs: number;
  readonly key: string;
  readonly steps: readonly Spending[];
};

/** What a batch adds to one budget's count. */
export type Charge = Count & { readonly rule: BudgetRule };

export type Crossing = {
  readonly charge: Charge;
  /** Percent. */
  readonly threshold: number;
  /** The event that crossed it. */
  readonly spending: Spending;
  readonly spent: number;
};

export function waysOf(rules: readonly BudgetRule[]): Way[] {
  const alike = new Map<string, BudgetRule[]>();
  for (const rule of rules) {
    const name = `${rule.scope} ${rule.window}`;
    const found = alike.get(name);
    if (found) found.push(rule);
    else alike.set(name, [rule]);
  }
  return [...alike.values()].map((same) => {
    const { scope, window } = same[0] as BudgetRule;
    const targets = new Set(same.flatMap(({ target }) => (target === null ? [] : [target])));
    const limitsIn = (unit: BudgetUnit) =>
      same.flatMap((rule) => (rule.unit === unit ? limitsOf(rule) : [])).sort((one, other) => one - other);
    return {
      ...{ scope, window },
      everyone: same.filter(({ target }) => target === null),
      byTarget: new Map([...targets].map((key) => [key, same.filter(({ target }) => target === null || target === key)])),
      limits: { tokens: limitsIn("tokens"), dollars: limitsIn("dollars") },
    };
  });
}

function limitsOf({ amount, thresholds }: BudgetRule): number[] {
  return thresholds.map((threshold) => limitOf(amount, threshold));
}

/** The counts that these events add to, among those that any budget reads. */
export function countsOf(ways: readonly Way[], spendings: readonly Spending[]): Count[] {
  if (spendings.length === 0) return [];
  return ways.flatMap((way) => {
    const counts = new Map<string, Count & { readonly steps: Spending[] }>();
    for (const spending of spendings) {
      const key = keyOf(way.scope, spending);
      if (key === null || (way.everyone.length === 0 && !way.byTarget.has(key))) continue;
      const windowMs = windowStart(way.window, spending.atMs);
      const place = `${windowMs} ${key}`;
      const count = counts.get(place);
      if (count) count.steps.push(spending);
      else counts.set(place, { way, windowMs, key, steps: [spending] });
    }
    return [...counts.values()];
  });
}

/** The budgets that read a count. */
export function chargesOf(count: Count): Charge[] {
  const { way, key } = count;
  return (way.byTarget.get(key) ?? way.everyone).map((rule) => ({ ...count, rule }));
}

/** Whether this addition, which brings the unit's total to `spentAfter`, may cross anything that a budget reports. A no is certain. */
export function mayCross({ way, steps }: Count, unit: BudgetUnit, spentAfter: number): boolean {
  const limits = way.limits[unit];
  if (limits.length === 0) return false;
  const { sum, gained } = sumOf(steps, unit);
  const start = spentAfter - sum;
  const next = limits.find((limit) => limit > start);
  return next !== undefined && next <= start + gained;
}

/** What events add in a unit; `gained` ignores negative amounts. */
export function sumOf(steps: readonly Spending[], unit: BudgetUnit): { readonly sum: number; readonly gained: number } {
  let sum = 0;
  let gained = 0;
  for (const step of steps) {
    const amount = amountOf(step, unit);
    sum += amount;
    gained += Math.max(0, amount);
  }
  return { sum, gained };
}

/**
 * The thresholds that a charge crosses, each at the event that crosses it, given the total including the whole charge. `open` is the lowest
 * threshold amount not yet reported; the total before the charge may exceed it if another writer did not know of the budget. Without
 * `open`, everything up to that total has been reported.
 */
export function crossingsOf(charge: Charge, spentAfter: number, open?: number): Crossing[] {
  const { rule, steps } = charge;
  const { sum, gained } = sumOf(steps, rule.unit);
  const start = spentAfter - sum;
  const crossings: Crossing[] = [];
  for (const threshold of rule.thresholds) {
    const limit = limitOf(rule.amount, threshold);
    if (open === undefined ? start >= limit : limit < open) continue;
    if (start + gained < limit) continue;
    let spent = start;
    for (const spending of steps) {
      spent += amountOf(spending, rule.unit);
      if (spent < limit) continue;
      crossings.push({ charge, threshold, spending, spent });
      break;
    }
  }
  return crossings;
}

function amountOf(spending: Spending, unit: BudgetUnit): number {
  return unit === "tokens" ? spending.tokens : spending.nanos;
}

/** The smallest amount that reaches a threshold, exactly. */
export function limitOf(amount: number, threshold: number): number {
  return Number((BigInt(amount) * BigInt(threshold) + 99n) / 100n);
}

export function windowStart(window: BudgetWindow, atMs: number): number {
  if (window === "total") return 0;
  if (window === "day") return Math.floor(atMs / dayMs) * dayMs;
  const at = new Date(atMs);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth());
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
