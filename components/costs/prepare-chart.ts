import type { CostPoint, CostReport } from "@/lib/core/api/costs";
import { bucketMs } from "@/lib/core/costs/cost-span";
import type { CostMeasure } from "./cost-params";

/** One stack of a bar. `estimated` is drawn hatched: it is ours, not the sender's. */
export type CostSeries = { readonly id: string; readonly label: string; readonly color: number; readonly estimated: boolean };

export type CostBar = {
  readonly atMs: number;
  readonly endMs: number;
  /** By series, in its order; nano-dollars or tokens. */
  readonly values: readonly number[];
  readonly unpriced: number;
};

export type CostChart = { readonly series: readonly CostSeries[]; readonly bars: readonly CostBar[] };

/** Colour of what is not one of the charted groups. */
export const restColor = 7;

/**
 * Decides everything that the chart draws and its table twin lists: one bar a bucket, empty ones too, and a stack for each
 * group that has something to show; reported money below, estimated above it in stacks of its own.
 */
export function prepareChart(report: CostReport, measure: CostMeasure): CostChart {
  const series = seriesOf(report, measure);
  const place = new Map(series.map((each, index) => [each.id, index]));
  const step = bucketMs[report.bucket];
  const startMs = Math.floor(Date.parse(report.from) / step) * step;
  const endMs = Date.parse(report.to);
  const values = Array.from({ length: Math.max(0, Math.ceil((endMs - startMs) / step)) }, () => series.map(() => 0));
  const unpriced = values.map(() => 0);
  for (const point of report.points) {
    const at = Math.round((Date.parse(point.at) - startMs) / step);
    const bar = values[at];
    if (!bar) continue;
    unpriced[at] = (unpriced[at] ?? 0) + point.unpriced;
    for (const { id, amount } of amountsOf(point, measure)) {
      const index = place.get(id);
      if (index !== undefined) bar[index] = (bar[index] ?? 0) + amount;
    }
  }
  const bars = values.map((each, index) => {
    const atMs = startMs + index * step;
    return { atMs, endMs: atMs + step, values: each, unpriced: unpriced[index] ?? 0 };
  });
  return { series, bars };
}

function seriesOf(report: CostReport, measure: CostMeasure): CostSeries[] {
  const present = new Set(
    report.points.flatMap((point) => amountsOf(point, measure).flatMap(({ id, amount }) => (amount === 0 ? [] : [id]))),
  );
  const told = new Set(report.points.map((point) => point.group));
  // By name, not by rank: colours and stacks stay where they are while runs overtake each other.
  const charted = report.groups
    .map(({ label }, group) => ({ group, label }))
    .filter(({ group }) => told.has(group))
    .sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : a.group - b.group))
    .map((each, color) => ({ ...each, color }));
  const all = told.has(-1) ? [...charted, { group: -1, label: "All others", color: restColor }] : charted;
  return (["", "~"] as const).flatMap((mark) =>
    all
      .map(({ group, label, color }) => ({ id: `${group}${mark}`, label, color, estimated: mark === "~" }))
      .filter(({ id }) => present.has(id)),
  );
}

function amountsOf(point: CostPoint, measure: CostMeasure): { id: string; amount: number }[] {
  if (measure === "tokens") return [{ id: `${point.group}`, amount: point.tokens }];
  return [
    { id: `${point.group}`, amount: point.reportedNanos },
    { id: `${point.group}~`, amount: point.estimatedNanos },
  ];
}
