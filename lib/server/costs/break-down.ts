import type { TransactionSql } from "postgres";
import type { CostFigures, CostPoint, CostReport } from "@/lib/core/api/costs";
import type { CostGrouping } from "@/lib/core/costs/cost-grouping";
import { bucketMs, type CostSpan } from "@/lib/core/costs/cost-span";
import { services } from "../services";
import { type FigureRow, figuresOf, plus, summedFigures } from "./cost-figures";
import { type Ranks, ranksOf } from "./rank-groups";
import { readCosts } from "./read-costs";
import { usageSlice } from "./usage-slice";

/** Groups charted with their own points; the next ones are only listed (rank-groups.ts); all others are summed. */
const chartedGroups = 7;
/** Up to this many groups are read with all their points, which suits models, sources and environments. */
const fewGroups = 16;

type Asked = CostSpan & { readonly groupBy: CostGrouping };
export type Group = { readonly key: string; readonly figures: CostFigures };
/** `at`: start of the point, in epoch milliseconds. */
type Point = { readonly atMs: number; readonly figures: CostFigures };

export type BreakDown = Pick<CostReport, "totals" | "rest" | "points"> & {
  /** Most expensive first. */
  readonly groups: readonly Group[];
};

/**
 * The cost of a time range in total, by its most expensive groups and over time, all as of one instant. Only the ranking reads every group:
 * there may be hundreds of thousands of sessions. What is not listed, or not charted, is the total minus what is.
 */
export async function breakDown(projectId: string, asked: Asked): Promise<BreakDown> {
  return readCosts(async (tx) => {
    const ranks = await ranksOf(tx, projectId, asked);
    const isFew = ranks.count <= fewGroups && asked.groupBy !== "session";
    const { whole, groups, charted } = await (isFew
      ? partsOfFew(tx, projectId, { asked, ranks })
      : partsOfMany(tx, projectId, { asked, ranks }));
    const totals = sumOf(whole);
    const figures = groups.reduce((left, group) => plus(left, group.figures, -1), totals);
    return { totals, groups, rest: { groups: ranks.count - groups.length, figures }, points: placed(whole, charted) };
  });
}

type Ranked = { readonly asked: Asked; readonly ranks: Ranks };
type Parts = { readonly whole: readonly Point[]; readonly groups: readonly Group[]; readonly charted: readonly Charted[] };

async function partsOfMany(tx: TransactionSql, projectId: string, { asked, ranks }: Ranked): Promise<Parts> {
  const [whole, groups, charted] = await Promise.all([
    wholeOf(tx, projectId, asked),
    groupsOf(tx, projectId, { asked, ranks }),
    pointsOf(tx, projectId, { asked, keys: ranks.keys.slice(0, chartedGroups) }),
  ]);
  return { whole, groups, charted };
}

/** Reads the rows once; totals and groups are summed here. */
async function partsOfFew(tx: TransactionSql, projectId: string, { asked, ranks }: Ranked): Promise<Parts> {
  const points = await pointsOf(tx, projectId, { asked, keys: ranks.keys });
  const byTime = gathered(points, ({ atMs }) => atMs);
  const byGroup = gathered(points, ({ group }) => group);
  return {
    whole: [...byTime].map(([atMs, own]) => ({ atMs, figures: sumOf(own) })).sort((a, b) => a.atMs - b.atMs),
    groups: ranks.keys.map((key, place) => ({ key, figures: sumOf(byGroup.get(place) ?? []) })),
    charted: points.filter(({ group }) => group < chartedGroups),
  };
}

function gathered<T, K>(items: readonly T[], by: (item: T) => K): Map<K, T[]> {
  const lists = new Map<K, T[]>();
  for (const item of items) {
    const list = lists.get(by(item));
    if (list) list.push(item);
    else lists.set(by(item), [item]);
  }
  return lists;
}

function sumOf(points: readonly { readonly figures: CostFigures }[]): CostFigures {
  return points.reduce((sum, { figures }) => plus(sum, figures), nothing);
}

async function groupsOf(tx: TransactionSql, projectId: string, { asked, ranks }: { asked: Asked; ranks: Ranks }): Promise<Group[]> {
  const rows = await tx<(FigureRow & { key: string })[]>`
    select key::text, ${summedFigures()} from (${usageSlice(projectId, asked, { groupBy: asked.groupBy, keys: ranks.keys })}) u group by key`.execute();
  const byKey = new Map(rows.map((row) => [row.key, figuresOf(row)]));
  return ranks.keys.flatMap((key) => {
    const figures = byKey.get(key);
    return figures ? [{ key, figures }] : [];
  });
}

/** The total usage over time. */
async function wholeOf(tx: TransactionSql, projectId: string, asked: Asked): Promise<Point[]> {
  const rows = await tx<(FigureRow & { at_ms: string })[]>`
    select ${startOf(asked)} as at_ms, ${summedFigures()} from (${usageSlice(projectId, asked, { coarsest: asked.bucket })}) u group by 1 order by 1`.execute();
  return rows.map((row) => ({ atMs: Number(row.at_ms), figures: figuresOf(row) }));
}

type Charted = Point & { readonly group: number };

/** The same for some groups, each by its index among them. */
async function pointsOf(
  tx: TransactionSql,
  projectId: string,
  { asked, keys }: { readonly asked: Asked; readonly keys: readonly string[] },
): Promise<Charted[]> {
  const { bucket, groupBy } = asked;
  const rows = await tx<(FigureRow & { at_ms: string; key: string })[]>`
    select key::text, ${startOf(asked)} as at_ms, ${summedFigures()}
    from (${usageSlice(projectId, asked, { coarsest: bucket, groupBy, keys })}) u group by 1, 2`.execute();
  const places = new Map(keys.map((key, place) => [key, place]));
  return rows.map((row) => ({ atMs: Number(row.at_ms), group: places.get(row.key) ?? -1, figures: figuresOf(row) }));
}

/** Whole buckets are in the tables as they are; finer rows replace them only at the edges of a range. */
function startOf({ fromMs, toMs, bucket }: Asked) {
  const { pool } = services();
  const isWhole = fromMs % bucketMs[bucket] === 0 && toMs % bucketMs[bucket] === 0;
  const at = isWhole ? pool`at` : pool`date_bin(${`${bucketMs[bucket] / 1_000} seconds`}::interval, at, 'epoch'::timestamptz)`;
  return pool`(extract(epoch from ${at}) * 1000)::bigint`;
}

/** In time order; in each bucket, what remains of the total beside the charted groups, if anything, comes first. */
function placed(whole: readonly Point[], charted: readonly Charted[]): CostPoint[] {
  const byBucket = new Map<number, Charted[]>();
  for (const point of charted) byBucket.set(point.atMs, [...(byBucket.get(point.atMs) ?? []), point]);
  return whole.flatMap(({ atMs, figures }) => {
    const own = (byBucket.get(atMs) ?? []).sort((a, b) => a.group - b.group);
    const left = own.reduce((sum, point) => plus(sum, point.figures, -1), figures);
    const isLeft = Object.values(left).some((figure) => figure !== 0);
    return [...(isLeft ? [pointOf({ atMs, group: -1, figures: left })] : []), ...own.map(pointOf)];
  });
}

function pointOf({ atMs, group, figures }: Point & { readonly group: number }): CostPoint {
  const { tokens, reportedNanos, estimatedNanos, unpriced } = figures;
  return { at: new Date(atMs).toISOString(), group, tokens, reportedNanos, estimatedNanos, unpriced };
}

const nothing: CostFigures = {
  reports: 0,
  tokens: 0,
  input: 0,
  output: 0,
  cachedRead: 0,
  cachedWrite: 0,
  reasoning: 0,
  reportedNanos: 0,
  estimatedNanos: 0,
  unpriced: 0,
};
