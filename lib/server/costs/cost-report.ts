import { uuidFloor } from "@/db/partitions";
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

type GroupRow = FigureRow & {
  readonly part: "group" | "rest";
  /** Rank of the group, 1 = dearest; of the rest how many groups it is. */
  readonly n: string;
  readonly key: string | null;
};

/** Only what a chart draws: sums of big integers are what such a question costs. */
type PointRow = Pick<FigureRow, "tk" | "rn" | "en" | "up"> & {
  /** Rank of the group; 0 = not charted on its own. */
  readonly n: number;
  /** Start of the point, epoch milliseconds. */
  readonly at_ms: string;
};

/** What was spent in a stretch of time, by group and over time, from the sums alone: events are not read. */
export async function costReport(projectId: string, asked: CostSpan & { readonly groupBy: CostGrouping }): Promise<CostReport> {
  const { fromMs, toMs, bucket, groupBy } = asked;
  const nowMs = services().now();
  const [rows, outcomes, previous, pace] = await Promise.all([
    groupRows(projectId, asked),
    outcomesOf(projectId, asked),
    sumOf(projectId, { fromMs: fromMs - (toMs - fromMs), toMs: fromMs }),
    paceOf(projectId, nowMs),
  ]);
  const groups = rows.filter((row) => row.part === "group");
  const points = await pointRows(projectId, asked, groups.slice(0, chartedGroups));
  const rest = rows.find((row) => row.part === "rest") as GroupRow;
  const restFigures = figuresOf(rest);
  const named = await labelled(projectId, groupBy, groups);
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    bucket,
    groupBy,
    totals: named.reduce((sum, group) => addFigures(sum, group.figures), restFigures),
    outcomes,
    previous,
    groups: named,
    rest: { groups: Number(rest.n), figures: restFigures },
    points: points.map(pointOf),
    pace,
  };
}

type Asked = CostSpan & { readonly groupBy: CostGrouping };

/** The groups of the whole stretch, dearest first, from the coarsest sums that cover it; what lies behind those listed, as one. */
function groupRows(projectId: string, asked: Asked): Promise<GroupRow[]> {
  return services().pool<GroupRow[]>`
    with ranked as materialized (
      select key, row_number() over (order by sum(reported_nanos) + sum(estimated_nanos) desc, sum(tokens) desc, key) as n, ${summedFigures()}
      from (${usageSlice(projectId, asked, { groupBy: asked.groupBy })}) u group by key
      having sum(events) <> 0 or sum(tokens) <> 0 or sum(reported_nanos) <> 0 or sum(estimated_nanos) <> 0
    )
    select 'group' as part, n, key, e, tk, i, o, cr, cw, re, rn, en, up from ranked where n <= ${listedGroups}
    union all
    select 'rest', count(*), null, ${resummedFigures()} from ranked where n > ${listedGroups}
    order by part, n`;
}

/** What the charted groups, and all others together, spent over time. */
function pointRows(projectId: string, asked: Asked, charted: readonly GroupRow[]): Promise<PointRow[]> {
  const { pool } = services();
  const { bucket, groupBy } = asked;
  const ranks = JSON.stringify(charted.map((group) => ({ k: group.key ?? "", r: Number(group.n) })));
  // Whole buckets are in the tables as they are; only at the edges of the stretch finer rows stand in for one.
  const step = `${bucketMs[bucket] / 1000} seconds`;
  const at =
    asked.fromMs % bucketMs[bucket] === 0 && asked.toMs % bucketMs[bucket] === 0
      ? pool`at`
      : pool`date_bin(${step}::interval, at, 'epoch'::timestamptz)`;
  return pool<PointRow[]>`
    select n, (extract(epoch from at) * 1000)::bigint as at_ms, tk, rn, en, up
    from (
      select coalesce(t.r, 0) as n, ${at} as at, sum(tokens) as tk, sum(reported_nanos) as rn, sum(estimated_nanos) as en, sum(unpriced) as up
      from (${usageSlice(projectId, asked, { coarsest: bucket, groupBy })}) u left join json_to_recordset(${ranks}::text::json) as t(k text, r int) on t.k = u.key
      group by 1, 2
    ) c
    order by at_ms, n`;
}

/** A run's id carries the instant at which it was first heard of. */
async function outcomesOf(projectId: string, { fromMs, toMs }: Slice): Promise<CostReport["outcomes"]> {
  const [row] = await services().pool<{ succeeded: number; failed: number }[]>`
    select count(*) filter (where status = 'succeeded')::int as succeeded, count(*) filter (where status = 'failed')::int as failed
    from runs where project_id = ${projectId} and kind = 'run' and status in ('succeeded', 'failed') and id >= ${uuidFloor(fromMs)} and id < ${uuidFloor(toMs)}`;
  return { succeeded: row?.succeeded ?? 0, failed: row?.failed ?? 0 };
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

async function labelled(projectId: string, groupBy: CostGrouping, groups: readonly GroupRow[]): Promise<CostGroup[]> {
  if (groupBy !== "source")
    return groups.map((row) => ({ key: row.key ?? "", label: row.key || unnamed[groupBy], dialect: null, figures: figuresOf(row) }));
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

const unnamed = { agent: "(not named)", model: "(not named)", session: "(no session)" } as const;

function sourceLabel({ dialect, name }: { dialect: string; name: string }): string {
  const known = dialects.find((each) => each === dialect);
  const system = known ? dialectLabels[known] : dialect;
  return name === "default" ? system : `${system} / ${name}`;
}

function pointOf(row: PointRow): CostPoint {
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
