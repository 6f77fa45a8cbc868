/** Ranges that people choose by name; all end now. */
export const costRanges = ["1h", "6h", "24h", "7d", "30d", "90d"] as const;
export type CostRange = (typeof costRanges)[number];

export const costBuckets = ["minute", "hour", "day"] as const;
export type CostBucket = (typeof costBuckets)[number];

export const bucketMs: Readonly<Record<CostBucket, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** A chart has at most this many points a series. */
export const maxCostPoints = 1_000;

/** A stretch of time, epoch milliseconds, `fromMs` in it and `toMs` behind it. */
export type CostSpan = { readonly fromMs: number; readonly toMs: number; readonly bucket: CostBucket };

const shapes: Readonly<Record<CostRange, { readonly bucket: CostBucket; readonly points: number }>> = {
  "1h": { bucket: "minute", points: 60 },
  "6h": { bucket: "minute", points: 360 },
  "24h": { bucket: "hour", points: 24 },
  "7d": { bucket: "hour", points: 168 },
  "30d": { bucket: "day", points: 30 },
  "90d": { bucket: "day", points: 90 },
};

/** A named range seen from now: whole buckets (days are UTC), the last one still growing. */
export function namedSpan(range: CostRange, nowMs: number): CostSpan {
  const { bucket, points } = shapes[range];
  const step = bucketMs[bucket];
  const toMs = Math.floor(nowMs / bucketMs.minute) * bucketMs.minute + bucketMs.minute;
  return { fromMs: Math.ceil(toMs / step) * step - points * step, toMs, bucket };
}

/** Widened to whole minutes, in buckets that tell enough and are not too many. */
export function customSpan(fromMs: number, toMs: number): CostSpan {
  const from = Math.floor(fromMs / bucketMs.minute) * bucketMs.minute;
  const to = Math.ceil(toMs / bucketMs.minute) * bucketMs.minute;
  return { fromMs: from, toMs: to, bucket: bucketFor(to - from) };
}

/** As long as minutes read well. */
const byMinuteMs = 6 * bucketMs.hour;

/** The bucket in which a chart of this length reads well. */
export function bucketFor(lengthMs: number): CostBucket {
  if (lengthMs <= byMinuteMs) return "minute";
  return lengthMs <= 14 * bucketMs.day ? "hour" : "day";
}

/** How far back is looked where nobody says since when. */
export function unsaidLengthMs(bucket: CostBucket | undefined): number {
  return bucket === "minute" ? byMinuteMs : bucketMs.day;
}

/** Buckets that a span touches; its first and last may be cut. */
export function bucketCount({ fromMs, toMs, bucket }: CostSpan): number {
  const step = bucketMs[bucket];
  return Math.max(0, Math.ceil(toMs / step) - Math.floor(fromMs / step));
}

/** What a page shows: a named range that moves with the clock, or a fixed stretch. */
export type CostWindow = { readonly range: CostRange; readonly fixed: { readonly fromMs: number; readonly toMs: number } | null };

export function windowSpan({ range, fixed }: CostWindow, nowMs: number): CostSpan {
  return fixed ? customSpan(fixed.fromMs, fixed.toMs) : namedSpan(range, nowMs);
}
