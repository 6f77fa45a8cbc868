import { bucketMs } from "@/lib/core/costs/cost-span";
import { services } from "../services";

export type Slice = { readonly fromMs: number; readonly toMs: number };

type Part = Slice & { readonly grain: "minute" | "hour" | "day" };

/**
 * The rows of usage that cover a stretch exactly to the minute: days inside, hours towards its edges, minutes at them. No
 * grain coarser than `coarsest` is used. Columns as in the tables, the time as `at`.
 */
export function usageSlice(projectId: string, slice: Slice, coarsest: Part["grain"] = "day") {
  const { pool } = services();
  const parts = partsOf(slice, coarsest).map(({ grain, fromMs, toMs }) => {
    const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
    const columns = pool`source_id, agent, model, events, tokens, input, output, cached_read, cached_write, reasoning, reported_nanos, estimated_nanos, unpriced`;
    if (grain === "minute")
      return pool`select minute as at, ${columns} from usage_buckets where project_id = ${projectId} and minute >= ${from} and minute < ${to}`;
    return pool`select start as at, ${columns} from usage_rollups where project_id = ${projectId} and grain = ${grain} and start >= ${from} and start < ${to}`;
  });
  const [first, ...others] = parts;
  return others.reduce((all, part) => pool`${all} union all ${part}`, first as NonNullable<typeof first>);
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
