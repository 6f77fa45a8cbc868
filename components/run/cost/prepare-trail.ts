import type { UsageState, UsageSum } from "@/lib/core/usage/state";

export const trailGroups = ["model", "agent", "origin"] as const;
export type TrailGroup = (typeof trailGroups)[number];
export const trailMeasures = ["cost", "tokens"] as const;
export type TrailMeasure = (typeof trailMeasures)[number];

export type TrailSample = { readonly seq: number; readonly atMs: number; readonly usage: UsageState };

export type TrailPoint = {
  readonly atMs: number;
  /** What each series had come to by then, in the order of the series; nano-dollars or tokens. */
  readonly values: readonly number[];
};

export type CostTrail = {
  readonly series: readonly { readonly key: string; readonly label: string; readonly estimated: boolean /** At least a part of it. */ }[];
  readonly points: readonly TrailPoint[];
  /** The highest sum of a point. */
  readonly top: number;
};

type Options = { readonly group: TrailGroup; readonly measure: TrailMeasure };

export const mostPoints = 500;
const mostSeries = 6;
const othersKey = "\u0000others";

/**
 * The chart's series, largest first, and at most 500 points. Time does not run backwards in it, whatever the senders' clocks say.
 * Samples behind `now` are left out: they belong to a later moment than the one that is shown.
 */
export function prepareTrail(samples: readonly TrailSample[], now: TrailSample, options: Options): CostTrail {
  const shown = [...samples.filter(({ seq }) => seq < now.seq), now];
  const every = Math.ceil(shown.length / mostPoints);
  const kept = every === 1 ? shown : shown.filter((_, index) => index % every === 0 || index === shown.length - 1);
  const last = amountsOf(now.usage, options);
  const keys = [...last].filter(([, amount]) => amount > 0).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const charted = keys.slice(0, keys.length > mostSeries ? mostSeries - 1 : mostSeries).map(([key]) => key);
  const hasOthers = keys.length > charted.length;
  let latestMs = Number.NEGATIVE_INFINITY;
  let top = 0;
  const points = kept.map(({ atMs, usage }): TrailPoint => {
    const amounts = amountsOf(usage, options);
    const values = charted.map((key) => amounts.get(key) ?? 0);
    const all = [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
    if (hasOthers) values.push(Math.max(0, all - values.reduce((sum, value) => sum + value, 0)));
    latestMs = Math.max(latestMs, atMs);
    top = Math.max(top, hasOthers ? all : values.reduce((sum, value) => sum + value, 0));
    return { atMs: latestMs, values };
  });
  const guessed = estimatedKeys(now.usage, options.group);
  const series = charted.map((key) => ({ key, label: key === "" ? "(not named)" : key, estimated: guessed.has(key) }));
  const others = keys.slice(charted.length);
  if (hasOthers) series.push({ key: othersKey, label: `${others.length} others`, estimated: others.some(([key]) => guessed.has(key)) });
  return { series, points, top };
}

function amountsOf(usage: UsageState, { group, measure }: Options): ReadonlyMap<string, number> {
  if (group === "origin") return byOrigin(usage, measure);
  const sums = Object.entries(group === "model" ? usage.byModel : usage.byAgent);
  const amount = (sum: UsageSum) => (measure === "tokens" ? sum.total : sum.reportedNanos + sum.estimatedNanos);
  return new Map(sums.map(([key, sum]) => [key, amount(sum)]));
}

function estimatedKeys(usage: UsageState, group: TrailGroup): ReadonlySet<string> {
  if (group === "origin") return new Set(["estimated"]);
  const sums = Object.entries(group === "model" ? usage.byModel : usage.byAgent);
  return new Set(sums.flatMap(([key, sum]) => (sum.estimatedNanos > 0 ? [key] : [])));
}

/** What the sender reported beside what we estimated; of tokens, those with a price beside those without. */
function byOrigin(usage: UsageState, measure: TrailMeasure): ReadonlyMap<string, number> {
  const sums = Object.values(Object.keys(usage.byModel).length > 0 ? usage.byModel : usage.byAgent);
  const add = (amount: (sum: UsageSum) => number) => sums.reduce((total, sum) => total + amount(sum), 0);
  if (measure === "cost") {
    return new Map([
      ["reported", add((sum) => sum.reportedNanos)],
      ["estimated", add((sum) => sum.estimatedNanos)],
    ]);
  }
  return new Map([
    ["input", add((sum) => sum.input)],
    ["cached", add((sum) => sum.cachedRead + sum.cachedWrite)],
    ["output", add((sum) => sum.output)],
  ]);
}
