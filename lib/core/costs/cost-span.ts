/** Lengths that people choose by name; all end now. */
export const costLengths = ["1h", "6h", "24h", "7d", "30d", "90d"] as const;
type CostLength = (typeof costLengths)[number];

/** Days and months of the calendar (UTC), as bills have them. */
export const costPeriods = ["today", "month", "last-month"] as const;
type CostPeriod = (typeof costPeriods)[number];

export const costRanges = [...costLengths, ...costPeriods] as const;
export type CostRange = (typeof costRanges)[number];

export const costBuckets = ["minute", "hour", "day"] as const;
export type CostBucket = (typeof costBuckets)[number];

export const bucketMs: Readonly<Record<CostBucket, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Nobody spent anything outside, and not every time outside is one to the database. */
export const earliestCostMs = 0;
export const latestCostMs = Date.UTC(2100, 0, 1);

/** A chart has at most this many points a series. */
export const maxCostPoints = 1_000;

/** A stretch of time, epoch milliseconds, `fromMs` in it and `toMs` behind it. */
export type CostSpan = { readonly fromMs: number; readonly toMs: number; readonly bucket: CostBucket };

const shapes: Readonly<Record<CostLength, { readonly bucket: CostBucket; readonly points: number }>> = {
  "1h": { bucket: "minute", points: 60 },
  "6h": { bucket: "minute", points: 360 },
  "24h": { bucket: "hour", points: 24 },
  "7d": { bucket: "hour", points: 168 },
  "30d": { bucket: "day", points: 30 },
  "90d": { bucket: "day", points: 90 },
};

/** A named range seen from now: whole buckets (days are UTC), the last one still growing. */
export function namedSpan(range: CostRange, nowMs: number): CostSpan {
  const toMs = Math.floor(nowMs / bucketMs.minute) * bucketMs.minute + bucketMs.minute;
  if (range === "today" || range === "month" || range === "last-month") return periodSpan(range, { nowMs, toMs });
  const { bucket, points } = shapes[range];
  const step = bucketMs[bucket];
  return { fromMs: Math.ceil(toMs / step) * step - points * step, toMs, bucket };
}

/** Days of a month; hours of a day, and of a month that has hardly begun. */
function periodSpan(period: CostPeriod, { nowMs, toMs }: { readonly nowMs: number; readonly toMs: number }): CostSpan {
  if (period === "today") return { fromMs: Math.floor(nowMs / bucketMs.day) * bucketMs.day, toMs, bucket: "hour" };
  const now = new Date(nowMs);
  const monthMs = (back: number) => Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back);
  if (period === "last-month") return { fromMs: monthMs(1), toMs: monthMs(0), bucket: "day" };
  return { fromMs: monthMs(0), toMs, bucket: toMs - monthMs(0) <= 2 * bucketMs.day ? "hour" : "day" };
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
