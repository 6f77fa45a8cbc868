import { isDeepStrictEqual } from "node:util";
import type { Pool } from "@/db/client";
import type { Json } from "@/lib/core/json";
import type { PriceBook } from "@/lib/core/prices/price-book";
import { emptyRow } from "@/lib/core/run/fold";
import type { UsageState } from "@/lib/core/usage/state";
import { shownCost } from "@/lib/core/usage/totals";
import { emptyUsage, evolveUsage } from "@/lib/core/usage/usage";
import { type BucketDelta, bucketDeltas, minuteOf } from "../events/append/buckets";
import type { StoredEvent } from "../events/append/plan";
import type { CachedRun } from "../events/append/run-cache";
import { figures } from "../events/append/usage-rows";
import { eventPages } from "../events/read";
import { pricedAtMs } from "../ingest/accept-event";
import { estimateNanos } from "../usage/estimate";

/** Which estimates to redo, and with which prices. */
export type RepricingPlan = {
  readonly model: string | null;
  readonly fromMs: number;
  readonly toMs: number;
  readonly prices: PriceBook;
};

export type RunDifference = {
  /** Events whose estimate changes; null = it cannot be priced. */
  readonly events: readonly { readonly seq: number; readonly nanos: number | null }[];
  readonly usage: UsageState;
  /** Changes to the sums. */
  readonly buckets: readonly BucketDelta[];
  readonly before: ReturnType<typeof shownCost>;
  readonly after: ReturnType<typeof shownCost>;
};

/** Whether the event carries tokens, money, or the session they are booked to. */
function tells({ event }: StoredEvent): boolean {
  return event.usage !== undefined || event.run?.sessionId !== undefined;
}

/** The events of a run that determine its sums, with seq in (after, upTo]. */
export async function readUsageEvents(pool: Pool, run: CachedRun, range: { after: number; upTo: number }): Promise<StoredEvent[]> {
  const ref = { projectId: run.projectId, runId: run.id, dialect: run.source.dialect };
  const found: StoredEvent[] = [];
  for await (const page of eventPages(pool, ref, { from: range.after + 1, upTo: range.upTo }))
    for (const stored of page) if (tells(stored)) found.push(stored);
  return found;
}

/** Whether anything in the run was ever estimated or could not be. If not, its log need not be read. */
export function hasEstimates({ state: { usage } }: CachedRun): boolean {
  return [usage.calls, usage.agents, usage.run].some(
    (sum) => sum !== null && (sum.estimatedNanos > 0 || sum.unpriced > 0 || sum.events > sum.costed),
  );
}

/**
 * What changes in a run when its estimates are redone; null if nothing does. "incomplete" if part of its log has been removed, so
 * that its sums cannot be recounted.
 */
export function runDifference(run: CachedRun, stored: readonly StoredEvent[], plan: RepricingPlan): RunDifference | "incomplete" | null {
  const events: { seq: number; nanos: number | null }[] = [];
  const repriced = stored.map((item) => {
    const nanos = newEstimate(item, plan);
    if (nanos === undefined || nanos === item.event.estimatedNanos) return item;
    events.push({ seq: item.event.seq, nanos });
    return { ...item, event: { ...item.event, estimatedNanos: nanos } };
  });
  if (events.length === 0) return null;
  if (!isDeepStrictEqual(asStored(usageOf(stored)), run.state.usage)) return "incomplete";
  const usage = usageOf(repriced);
  const input = { before: emptyRow(), sourceId: run.source.id };
  const buckets = balance(bucketDeltas({ ...input, stored }), bucketDeltas({ ...input, stored: repriced }));
  return { events, usage, buckets, before: shownCost(run.state.usage), after: shownCost(usage) };
}

/** The estimate by the plan's prices; undefined if the plan does not cover the event. */
function newEstimate({ event }: StoredEvent, { model, fromMs, toMs, prices }: RepricingPlan): number | null | undefined {
  if (event.estimatedNanos === undefined || event.usage === undefined) return undefined;
  if (model !== null && event.usage.model?.toLowerCase() !== model.toLowerCase()) return undefined;
  const atMs = minuteOf(event) * 1_000;
  if (atMs < fromMs || atMs >= toMs) return undefined;
  return estimateNanos(event.usage, pricedAtMs(event, event.receivedAtMs), prices);
}

function usageOf(stored: readonly StoredEvent[]): UsageState {
  return evolveUsage(
    emptyUsage(),
    stored.map((item) => item.event),
  );
}

function asStored(usage: UsageState): Json {
  return JSON.parse(JSON.stringify(usage));
}

/** The deltas that turn sums of `before` into sums of `after`. */
function balance(before: readonly BucketDelta[], after: readonly BucketDelta[]): BucketDelta[] {
  const sums = new Map<string, { -readonly [K in keyof BucketDelta]: BucketDelta[K] }>();
  const add = (delta: BucketDelta, sign: 1 | -1) => {
    const key = `${delta.m}\n${delta.ss ?? ""}\n${delta.a}\n${delta.o}`;
    const sum = sums.get(key);
    if (sum) for (const figure of figures) sum[figure] += sign * delta[figure];
    else {
      const first = { ...delta };
      for (const figure of figures) first[figure] *= sign;
      sums.set(key, first);
    }
  };
  for (const delta of before) add(delta, -1);
  for (const delta of after) add(delta, 1);
  return [...sums.values()].filter((sum) => figures.some((figure) => sum[figure] !== 0));
}
