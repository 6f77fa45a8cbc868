import type { LoggedEvent } from "@/lib/core/events/logged";
import { clip } from "@/lib/core/run/clip";
import type { RowState } from "@/lib/core/run/state";
import type { UsageState } from "@/lib/core/usage/state";
import { shownCost, shownTokens } from "@/lib/core/usage/totals";
import { evolveUsage } from "@/lib/core/usage/usage";
import type { StoredEvent } from "./plan";

/** What one event added to the displayed totals of its run. Keys are short because each is one row of a JSON parameter. */
export type BucketDelta = {
  /** The minute, in epoch seconds. */
  readonly m: number;
  /** Seq of the event. */
  readonly q: number;
  readonly s: string;
  readonly a: string;
  readonly o: string;
  /** The session, if the run reported one. */
  readonly ss?: string;
  readonly n: number;
  readonly tk: number;
  readonly i: number;
  readonly u: number;
  readonly cr: number;
  readonly cw: number;
  readonly re: number;
  readonly rn: number;
  readonly en: number;
  readonly up: number;
};

const dayMs = 86_400_000;
/** In characters, as in the runs' own sums. */
const nameLimit = 200;

type Shown = ReturnType<typeof shown>;

function shown(usage: UsageState) {
  return { tokens: shownTokens(usage), cost: shownCost(usage) };
}

/**
 * Buckets record the change of the displayed totals, not the event's own figures: a run's total repeats its calls, so only the change keeps
 * "sum of buckets = sum of runs" exact (G23). A delta may be negative when a run corrects itself.
 */
export function bucketDeltas(input: { before: RowState; stored: readonly StoredEvent[]; sourceId: string }): BucketDelta[] {
  const deltas: BucketDelta[] = [];
  let usage = input.before.usage;
  let totals: Shown | null = null;
  let session = input.before.lifecycle.sessionId;
  for (const { event } of input.stored) {
    if (event.run?.sessionId) session = clip(event.run.sessionId, nameLimit);
    if (!event.usage) continue;
    totals ??= shown(usage);
    usage = evolveUsage(usage, [event]);
    const next = shown(usage);
    const delta = difference(totals, next, { event, sourceId: input.sourceId, session });
    if (delta) deltas.push(delta);
    totals = next;
  }
  return deltas;
}

function difference(before: Shown, after: Shown, of: { event: LoggedEvent; sourceId: string; session: string | null }): BucketDelta | null {
  const { event } = of;
  const figures = {
    tk: after.tokens.total - before.tokens.total,
    i: after.tokens.input - before.tokens.input,
    u: after.tokens.output - before.tokens.output,
    cr: after.tokens.cachedRead - before.tokens.cachedRead,
    cw: after.tokens.cachedWrite - before.tokens.cachedWrite,
    re: after.tokens.reasoning - before.tokens.reasoning,
    rn: after.cost.reportedNanos - before.cost.reportedNanos,
    en: after.cost.estimatedNanos - before.cost.estimatedNanos,
    up: after.cost.unpricedCalls - before.cost.unpricedCalls,
  };
  if (Object.values(figures).every((figure) => figure === 0)) return null;
  return {
    m: minuteOf(event),
    q: event.seq,
    s: of.sourceId,
    a: clip(event.agent ?? "", nameLimit),
    o: clip(event.usage?.model ?? "", nameLimit),
    ...(of.session === null ? {} : { ss: of.session }),
    n: 1,
    ...figures,
  };
}

/**
 * The minute, in epoch seconds, in which an event is counted. A sender's clock that is off by more than a day would put money where nobody
 * looks for it.
 */
export function minuteOf(event: Pick<LoggedEvent, "occurredAtMs" | "receivedAtMs">): number {
  const { occurredAtMs, receivedAtMs } = event;
  const at = occurredAtMs !== undefined && Math.abs(occurredAtMs - receivedAtMs) < dayMs ? occurredAtMs : receivedAtMs;
  return Math.floor(at / 60_000) * 60;
}
