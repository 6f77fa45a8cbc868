import type { Cost } from "@/lib/core/api/run";
import type { UsageState, UsageSum } from "@/lib/core/usage/state";

/** Rows of a table may come from different scopes: their sum has none. */
export type SummedUsage = Omit<UsageSum, "scope">;

export type CostRow = {
  readonly key: string;
  readonly sum: UsageSum;
  /** Reported plus estimated, nano-dollars. */
  readonly totalNanos: number;
  /** Of the table's total, 0..1; null while the table has no money at all. */
  readonly share: number | null;
};

export type CostTable = { readonly rows: readonly CostRow[]; readonly total: SummedUsage };

const zero: SummedUsage = {
  ...{ events: 0, input: 0, output: 0, cachedRead: 0, cachedWrite: 0, reasoning: 0, total: 0 },
  ...{ reportedNanos: 0, costed: 0, estimatedNanos: 0, unpriced: 0 },
};

/** Dearest first, then most tokens, then by name, so that equal rows do not trade places. */
export function prepareCost(byKey: UsageState["byModel"]): CostTable {
  const entries = Object.entries(byKey);
  const total = entries.reduce<SummedUsage>((sum, [, next]) => addSums(sum, next), zero);
  const allNanos = total.reportedNanos + total.estimatedNanos;
  const rows = entries.map(([key, sum]): CostRow => {
    const totalNanos = sum.reportedNanos + sum.estimatedNanos;
    return { key, sum, totalNanos, share: allNanos === 0 ? null : totalNanos / allNanos };
  });
  rows.sort((a, b) => b.totalNanos - a.totalNanos || b.sum.total - a.sum.total || (a.key < b.key ? -1 : 1));
  return { rows, total };
}

function addSums(a: SummedUsage, b: SummedUsage): SummedUsage {
  return {
    events: a.events + b.events,
    input: a.input + b.input,
    output: a.output + b.output,
    cachedRead: a.cachedRead + b.cachedRead,
    cachedWrite: a.cachedWrite + b.cachedWrite,
    reasoning: a.reasoning + b.reasoning,
    total: a.total + b.total,
    reportedNanos: a.reportedNanos + b.reportedNanos,
    costed: a.costed + b.costed,
    estimatedNanos: a.estimatedNanos + b.estimatedNanos,
    unpriced: a.unpriced + b.unpriced,
  };
}

export type CostFigure = { readonly scope: "run" | "calls" | "agents"; readonly nanos: number | null; readonly differsBy: number | null };

/**
 * The sender's figures for one and the same money, side by side: they are never added. `differsBy` is against the run's own
 * total where there is one. A scope that reported nothing has no figure, not a zero.
 */
export function reportedFigures(
  cost: Pick<Cost, "runReportedNanos" | "callsReportedNanos" | "agentsReportedNanos">,
): readonly CostFigure[] {
  const run = cost.runReportedNanos;
  const figure = (scope: CostFigure["scope"], nanos: number): CostFigure => {
    if (nanos === 0) return { scope, nanos: null, differsBy: null };
    return { scope, nanos, differsBy: run === null ? null : nanos - run };
  };
  return [
    { scope: "run", nanos: run, differsBy: null },
    figure("calls", cost.callsReportedNanos),
    figure("agents", cost.agentsReportedNanos),
  ];
}
