import type { CostGrouping } from "@/lib/core/costs/cost-grouping";
import { bucketMs } from "@/lib/core/costs/cost-span";
import { services } from "../services";

export type Slice = { readonly fromMs: number; readonly toMs: number };

type Part = Slice & { readonly grain: "minute" | "hour" | "day" };
type Asked = { readonly coarsest?: Part["grain"]; readonly groupBy?: CostGrouping };

/**
 * The rows of usage that cover a stretch exactly to the minute: days inside, hours towards its edges, minutes at them. No
 * grain coarser than `coarsest` is used. Columns: `key` (the group), `at`, and the figures as in the tables.
 */
export function usageSlice(projectId: string, slice: Slice, { coarsest = "day", groupBy }: Asked = {}) {
  const { pool } = services();
  const parts = partsOf(slice, coarsest);
  const columns = figureColumns();
  const key = { agent: pool`agent`, model: pool`model`, source: pool`source_id::text`, session: pool`''` }[groupBy ?? "session"];
  const usage = parts.map((part) => {
    const { from, to } = ends(part);
    if (part.grain === "minute")
      return pool`select ${key} as key, minute as at, ${columns} from usage_buckets where project_id = ${projectId} and minute >= ${from} and minute < ${to}`;
    return pool`select ${key} as key, start as at, ${columns} from usage_rollups where project_id = ${projectId} and grain = ${part.grain} and start >= ${from} and start < ${to}`;
  });
  const sessions = groupBy === "session" ? parts.flatMap((part) => sessionParts(projectId, part)) : [];
  const [first, ...others] = [...usage, ...sessions];
  return others.reduce((all, part) => pool`${all} union all ${part}`, first as NonNullable<typeof first>);
}

/** Each session's own rows, and the same taken away from what belongs to none, so that the sum stays that of all. */
function sessionParts(projectId: string, part: Part) {
  const { pool } = services();
  const { from, to } = ends(part);
  const rows = pool`from usage_sessions where project_id = ${projectId} and grain = ${part.grain} and start >= ${from} and start < ${to}`;
  const negated = pool`-events, -tokens, -input, -output, -cached_read, -cached_write, -reasoning, -reported_nanos, -estimated_nanos, -unpriced`;
  return [pool`select session as key, start as at, ${figureColumns()} ${rows}`, pool`select '' as key, start as at, ${negated} ${rows}`];
}

function figureColumns() {
  return services().pool`events, tokens, input, output, cached_read, cached_write, reasoning, reported_nanos, estimated_nanos, unpriced`;
}

function ends({ fromMs, toMs }: Slice): { from: string; to: string } {
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
}

/** Covers the stretch once, without overlap; never empty, so that it can be read even where nothing is in it. */
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
