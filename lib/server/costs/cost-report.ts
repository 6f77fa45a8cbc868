import type { TransactionSql } from "postgres";
import { uuidFloor } from "@/db/partitions";
import type { CostFigures, CostGroup, CostReport } from "@/lib/core/api/costs";
import type { CostGrouping } from "@/lib/core/costs/cost-grouping";
import { bucketMs, type CostSpan } from "@/lib/core/costs/cost-span";
import { dialectLabels, dialects } from "@/lib/core/dialect";
import { effectivePrice } from "../prices/list-prices";
import { services } from "../services";
import { breakDown, type Group } from "./break-down";
import { type FigureRow, figuresOf, summedFigures } from "./cost-figures";
import { readCosts } from "./read-costs";
import { type Slice, usageSlice } from "./usage-slice";

/** What was spent in a time range, by group and over time, from stored sums; events are not read. */
export async function costReport(projectId: string, asked: CostSpan & { readonly groupBy: CostGrouping }): Promise<CostReport> {
  const { fromMs, toMs, bucket, groupBy } = asked;
  const nowMs = services().now();
  const beside = (tx: TransactionSql) =>
    Promise.all([
      outcomesOf(tx, projectId, asked),
      sumOf(tx, projectId, { fromMs: fromMs - (toMs - fromMs), toMs: fromMs }),
      paceOf(tx, projectId, nowMs),
    ]);
  const [parts, [outcomes, previous, pace]] = await Promise.all([breakDown(projectId, asked), readCosts(beside)]);
  const { totals, groups, rest, points } = parts;
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    bucket,
    groupBy,
    totals,
    outcomes,
    previous,
    groups: await labelled(projectId, groupBy, groups),
    rest,
    points,
    pace,
  };
}

/** A run's id contains the time at which it was first heard from. */
async function outcomesOf(tx: TransactionSql, projectId: string, { fromMs, toMs }: Slice): Promise<CostReport["outcomes"]> {
  const [row] = await tx<{ succeeded: number; failed: number }[]>`
    select count(*) filter (where status = 'succeeded')::int as succeeded, count(*) filter (where status = 'failed')::int as failed
    from runs where project_id = ${projectId} and kind = 'run' and status in ('succeeded', 'failed') and id >= ${uuidFloor(fromMs)} and id < ${uuidFloor(toMs)}`.execute();
  return { succeeded: row?.succeeded ?? 0, failed: row?.failed ?? 0 };
}

async function sumOf(tx: TransactionSql, projectId: string, slice: Slice): Promise<CostFigures> {
  const [row] = await tx<FigureRow[]>`select ${summedFigures()} from (${usageSlice(projectId, slice)}) u`.execute();
  return figuresOf(row as FigureRow);
}

async function paceOf(tx: TransactionSql, projectId: string, nowMs: number): Promise<CostReport["pace"]> {
  const toMs = Math.floor(nowMs / bucketMs.minute) * bucketMs.minute + bucketMs.minute;
  const now = new Date(nowMs);
  const monthMs = Date.UTC(now.getUTCFullYear(), now.getUTCMonth());
  const [quarterHour, day, month] = await Promise.all([
    sumOf(tx, projectId, { fromMs: toMs - 15 * bucketMs.minute, toMs }),
    sumOf(tx, projectId, { fromMs: toMs - bucketMs.day, toMs }),
    sumOf(tx, projectId, { fromMs: monthMs, toMs }),
  ]);
  return { at: now.toISOString(), quarterHour, day, month };
}

async function labelled(projectId: string, groupBy: CostGrouping, groups: readonly Group[]): Promise<CostGroup[]> {
  const plain = groups.map(({ key, figures }) => ({ key, label: key || unnamed[groupBy], ...unsaid, figures }));
  switch (groupBy) {
    case "model": {
      const { now, prices } = services();
      const book = await prices.of(projectId);
      return plain.map((group) => (group.key === "" ? group : { ...group, price: effectivePrice(book, group.key, now()) }));
    }
    case "source": {
      const sources = await sourcesOf(projectId, groups);
      return plain.map((group) => ({ ...group, ...sources.get(group.key) }));
    }
    default:
      return plain;
  }
}

const unnamed = { agent: "(not named)", model: "(not named)", source: "", session: "(no session)", environment: "(not set)" } as const;
const unsaid = { dialect: null, source: null, price: null } as const;

async function sourcesOf(projectId: string, groups: readonly Group[]) {
  const { pool } = services();
  const sources = await pool<{ id: string; dialect: string; name: string }[]>`
    select id, dialect, name from sources where project_id = ${projectId} and id::text in ${pool(["", ...groups.map(({ key }) => key)])}`;
  return new Map(sources.map((source) => [source.id, { label: sourceLabel(source), dialect: source.dialect, source: source.name }]));
}

function sourceLabel({ dialect, name }: { dialect: string; name: string }): string {
  const known = dialects.find((each) => each === dialect);
  const system = known ? dialectLabels[known] : dialect;
  return name === "default" ? system : `${system} / ${name}`;
}
