import type { CostFigures, CostGroup, CostPoint, CostReport } from "@/lib/core/api/costs";
import type { CostGrouping } from "@/lib/core/costs/cost-grouping";
import { bucketMs, type CostSpan } from "@/lib/core/costs/cost-span";
import { dialectLabels, dialects } from "@/lib/core/dialect";
import { services } from "../services";
import { type FigureRow, figuresOf, resummedFigures, summedFigures } from "./cost-figures";
import { type Slice, usageSlice } from "./usage-slice";

/** Groups with points of their own, for the chart; the next ones are listed; all further ones are summed. */
const chartedGroups = 7;
const listedGroups = 100;

type CellRow = FigureRow & {
  readonly part: "group" | "rest" | "point";
  /** Rank of the group, 1 = dearest; of points 0 = not charted; of the rest how many groups it is. */
  readonly n: string;
  readonly key: string | null;
  /** Start of a point, epoch milliseconds. */
  readonly at_ms: string | null;
};

/** What was spent in a stretch of time, by group and over time, from the sums alone: events are not read. */
export async function costReport(projectId: string, asked: CostSpan & { readonly groupBy: CostGrouping }): Promise<CostReport> {
  const { fromMs, toMs, bucket, groupBy } = asked;
  const nowMs = services().now();
  const [rows, previous, pace] = await Promise.all([
    cellRows(projectId, asked),
    sumOf(projectId, { fromMs: fromMs - (toMs - fromMs), toMs: fromMs }),
    paceOf(projectId, nowMs),
  ]);
  const groups = rows.filter((row) => row.part === "group").sort((a, b) => Number(a.n) - Number(b.n));
  const rest = rows.find((row) => row.part === "rest") as CellRow;
  const restFigures = figuresOf(rest);
  const named = await labelled(projectId, groupBy, groups);
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    bucket,
    groupBy,
    totals: named.reduce((sum, group) => addFigures(sum, group.figures), restFigures),
    previous,
    groups: named,
    rest: { groups: Number(rest.n), figures: restFigures },
    points: rows.filter((row) => row.part === "point").map(pointOf),
    pace,
  };
}

function cellRows(projectId: string, asked: CostSpan & { readonly groupBy: CostGrouping }): Promise<CellRow[]> {
  const { pool } = services();
  const key = { agent: pool`agent`, model: pool`model`, source: pool`source_id::text` }[asked.groupBy];
  const step = `${bucketMs[asked.bucket] / 1000} seconds`;
  // One pass over the rows; ranks and parts are taken from its few thousand cells.
  return pool<CellRow[]>`
    with cells as materialized (
      select ${key} as key, date_bin(${step}::interval, at, 'epoch'::timestamptz) as at, ${summedFigures()}
      from (${usageSlice(projectId, asked, asked.bucket)}) u group by 1, 2
    ), ranked as materialized (
      select key, row_number() over (order by sum(rn) + sum(en) desc, sum(tk) desc, key) as n, ${resummedFigures()} from cells group by key
    )
    select 'group' as part, n, key, null::bigint as at_ms, e, tk, i, o, cr, cw, re, rn, en, up from ranked where n <= ${listedGroups}
    union all
    select 'rest', count(*), null, null, ${resummedFigures()} from ranked where n > ${listedGroups}
    union all
    select 'point', case when r.n <= ${chartedGroups} then r.n else 0 end, null, (extract(epoch from c.at) * 1000)::bigint, sum(c.e), sum(c.tk), sum(c.i), sum(c.o), sum(c.cr), sum(c.cw),
      sum(c.re), sum(c.rn), sum(c.en), sum(c.up)
    from cells c join ranked r using (key) group by 2, 4
    order by at_ms nulls first, n`;
}

async function sumOf(projectId: string, slice: Slice): Promise<CostFigures> {
  const [row] = await services().pool<FigureRow[]>`select ${summedFigures()} from (${usageSlice(projectId, slice)}) u`;
  return figuresOf(row as FigureRow);
}

async function paceOf(projectId: string, nowMs: number): Promise<CostReport["pace"]> {
  const toMs = Math.floor(nowMs / bucketMs.minute) * bucketMs.minute + bucketMs.minute;
  const now = new Date(nowMs);
  const monthMs = Date.UTC(now.getUTCFullYear(), now.getUTCMonth());
  const [quarterHour, day, month] = await Promise.all([
    sumOf(projectId, { fromMs: toMs - 15 * bucketMs.minute, toMs }),
    sumOf(projectId, { fromMs: toMs - bucketMs.day, toMs }),
    sumOf(projectId, { fromMs: monthMs, toMs }),
  ]);
  return { at: now.toISOString(), quarterHour, day, month };
}

async function labelled(projectId: string, groupBy: CostGrouping, groups: readonly CellRow[]): Promise<CostGroup[]> {
  if (groupBy !== "source")
    return groups.map((row) => ({ key: row.key ?? "", label: row.key || "(not named)", dialect: null, figures: figuresOf(row) }));
  const sources = await services().pool<{ id: string; dialect: string; name: string }[]>`
    select id, dialect, name from sources where project_id = ${projectId} and id::text in ${services().pool(["", ...groups.map((row) => row.key ?? "")])}`;
  const byId = new Map(sources.map((source) => [source.id, source]));
  return groups.map((row) => {
    const source = byId.get(row.key ?? "");
    return {
      key: row.key ?? "",
      label: source ? sourceLabel(source) : (row.key ?? ""),
      dialect: source?.dialect ?? null,
      figures: figuresOf(row),
    };
  });
}

function sourceLabel({ dialect, name }: { dialect: string; name: string }): string {
  const known = dialects.find((each) => each === dialect);
  const system = known ? dialectLabels[known] : dialect;
  return name === "default" ? system : `${system} / ${name}`;
}

function pointOf(row: CellRow): CostPoint {
  return {
    at: new Date(Number(row.at_ms)).toISOString(),
    group: Number(row.n) - 1,
    tokens: Number(row.tk),
    reportedNanos: Number(row.rn),
    estimatedNanos: Number(row.en),
    unpriced: Number(row.up),
  };
}

function addFigures(a: CostFigures, b: CostFigures): CostFigures {
  return {
    reports: a.reports + b.reports,
    tokens: a.tokens + b.tokens,
    input: a.input + b.input,
    output: a.output + b.output,
    cachedRead: a.cachedRead + b.cachedRead,
    cachedWrite: a.cachedWrite + b.cachedWrite,
    reasoning: a.reasoning + b.reasoning,
    reportedNanos: a.reportedNanos + b.reportedNanos,
    estimatedNanos: a.estimatedNanos + b.estimatedNanos,
    unpriced: a.unpriced + b.unpriced,
  };
}
