import type { CostGrouping } from "@/lib/core/costs/cost-grouping";
import { bucketMs } from "@/lib/core/costs/cost-span";
import { services } from "../services";

export type Slice = { readonly fromMs: number; readonly toMs: number };

export type Part = Slice & { readonly grain: "minute" | "hour" | "day" };
type Among = {
  readonly groupBy?: CostGrouping;
  /** Only these groups. */
  readonly keys?: readonly string[];
};
type Asked = Among & { readonly coarsest?: Part["grain"] };

/**
 * The usage rows that cover a time range exactly to the minute: days inside, hours towards its edges, minutes at them. No grain coarser
 * than `coarsest` is used. Columns: `key` (the group), `at`, and the figures as in the tables.
 */
export function usageSlice(projectId: string, slice: Slice, { coarsest = "day", ...among }: Asked = {}) {
  return usageOf(projectId, partsOf(slice, coarsest), among);
}

/** The same for given parts; there is at least one. */
export function usageOf(projectId: string, parts: readonly Part[], { groupBy = "model", keys }: Among) {
  const { pool } = services();
  const columns = figureColumns();
  const key = {
    agent: pool`agent`,
    model: pool`model`,
    source: pool`source_id`,
    session: pool`session`,
    environment: pool`coalesce(s.environment, '')`,
  }[groupBy];
  const joined = groupBy === "environment" ? pool`left join sources s on s.project_id = u.project_id and s.id = u.source_id` : pool``;
  const among =
    keys === undefined ? pool`` : pool`and ${key} = any(${keys as string[]}::${groupBy === "source" ? pool`uuid[]` : pool`text[]`})`;
  const [first, ...others] = parts.map((part) => {
    const { table, at, where } = placeOf(part, groupBy);
    const { from, to } = ends(part);
    return pool`
      select ${key} as key, ${at} as at, ${columns} from ${pool(table)} u ${joined}
      where u.project_id = ${projectId} ${where} and ${at} >= ${from} and ${at} < ${to} ${among}`;
  });
  return others.reduce((all, part) => pool`${all} union all ${part}`, first as NonNullable<typeof first>);
}

/** Sessions have their own sums. */
function placeOf({ grain }: Part, groupBy: CostGrouping) {
  const { pool } = services();
  if (groupBy === "session") return { table: "usage_sessions", at: pool`start`, where: pool`and grain = ${grain}` };
  if (grain === "minute") return { table: "usage_buckets", at: pool`minute`, where: pool`` };
  return { table: "usage_rollups", at: pool`start`, where: pool`and grain = ${grain}` };
}

function figureColumns() {
  return services().pool`events, tokens, input, output, cached_read, cached_write, reasoning, reported_nanos, estimated_nanos, unpriced`;
}

export function ends({ fromMs, toMs }: Slice): { from: string; to: string } {
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
}

/** Covers the range once, without overlap; never empty, so that a query can be built even for an empty range. */
export function partsOf(slice: Slice, coarsest: Part["grain"]): Part[] {
  const parts = cover(slice, coarsest).filter(({ fromMs, toMs }) => fromMs < toMs);
  return parts.length > 0 ? parts : [{ grain: "minute", ...slice }];
}

function cover(slice: Slice, grain: Part["grain"]): Part[] {
  if (grain === "minute") return [{ grain, ...slice }];
  const step = bucketMs[grain];
  const fromMs = Math.ceil(slice.fromMs / step) * step;
  const toMs = Math.floor(slice.toMs / step) * step;
  const finer = grain === "day" ? "hour" : "minute";
  if (fromMs >= toMs) return cover(slice, finer);
  return [
    ...cover({ fromMs: slice.fromMs, toMs: fromMs }, finer),
    { grain, fromMs, toMs },
    ...cover({ fromMs: toMs, toMs: slice.toMs }, finer),
  ];
}
