/** Named lengths; all end now. */
export const costLengths = ["1h", "6h", "24h", "7d", "30d", "90d"] as const;
type CostLength = (typeof costLengths)[number];

/** Calendar days and months (UTC), as on bills. */
export const costPeriods = ["today", "month", "last-month"] as const;
type CostPeriod = (typeof costPeriods)[number];

export const costRanges = [...costLengths, ...costPeriods] as const;
export type CostRange = (typeof costRanges)[number];

export const costBuckets = ["minute", "hour", "day"] as const;
export type CostBucket = (typeof costBuckets)[number];

export const bucketMs: Readonly<Record<CostBucket, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Nobody spent anything outside this range, and not every time outside it is valid in the database. */
export const earliestCostMs = 0;
export const latestCostMs = Date.UTC(2100, 0, 1);

/** The most points per series in a chart. */
export const maxCostPoints = 1_000;

/** A span in epoch milliseconds, `fromMs` inclusive and `toMs` exclusive. */
export type CostSpan = { readonly fromMs: number; readonly toMs: number; readonly bucket: CostBucket };

const shapes: Readonly<Record<CostLength, { readonly bucket: CostBucket; readonly points: number }>> = {
  "1h": { bucket: "minute", points: 60 },
  "6h": { bucket: "minute", points: 360 },
  "24h": { bucket: "hour", points: 24 },
  "7d": { bucket: "hour", points: 168 },
  "30d": { bucket: "day", points: 30 },
  "90d": { bucket: "day", points: 90 },
};

/** A named range relative to now: whole buckets (days are UTC), the last one still growing. */
export function namedSpan(range: CostRange, nowMs: number): CostSpan {
  const toMs = Math.floor(nowMs / bucketMs.minute) * bucketMs.minute + bucketMs.minute;
  if (range === "today" || range === "month" || range === "last-month") return periodSpan(range, { nowMs, toMs });
  const { bucket, points } = shapes[range];
  const step = bucketMs[bucket];
  return { fromMs: Math.ceil(toMs / step) * step - points * step, toMs, bucket };
}

/** A month in days; a day in hours, and so is a month that has hardly begun. */
function periodSpan(period: CostPeriod, { nowMs, toMs }: { readonly nowMs: number; readonly toMs: number }): CostSpan {
  if (period === "today") return { fromMs: Math.floor(nowMs / bucketMs.day) * bucketMs.day, toMs, bucket: "hour" };
  const now = new Date(nowMs);
  const monthMs = (back: number) => Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back);
  if (period === "last-month") return { fromMs: monthMs(1), toMs: monthMs(0), bucket: "day" };
  return { fromMs: monthMs(0), toMs, bucket: toMs - monthMs(0) <= 2 * bucketMs.day ? "hour" : "day" };
}

/** Widened to whole minutes, in buckets that are fine enough but not too many. */
export function customSpan(fromMs: number, toMs: number): CostSpan {
  const from = Math.floor(fromMs / bucketMs.minute) * bucketMs.minute;
  const to = Math.ceil(toMs / bucketMs.minute) * bucketMs.minute;
  return { fromMs: from, toMs: to, bucket: bucketFor(to - from) };
}

/** Up to this length, minutes read well. */
const byMinuteMs = 6 * bucketMs.hour;

/** The bucket size that suits a chart of this length. */
export function bucketFor(lengthMs: number): CostBucket {
  if (lengthMs <= byMinuteMs) return "minute";
  return lengthMs <= 14 * bucketMs.day ? "hour" : "day";
}

/** How far back to look when no start is given. */
export function unsaidLengthMs(bucket: CostBucket | undefined): number {
  return bucket === "minute" ? byMinuteMs : bucketMs.day;
}

/** Buckets that a span touches; the first and last may be partial. */
export function bucketCount({ fromMs, toMs, bucket }: CostSpan): number {
  const step = bucketMs[bucket];
  return Math.max(0, Math.ceil(toMs / step) - Math.floor(fromMs / step));
}

/** What a page shows: a named range that moves with the clock, or a fixed span. */
export type CostWindow = { readonly range: CostRange; readonly fixed: { readonly fromMs: number; readonly toMs: number } | null };

export function windowSpan({ range, fixed }: CostWindow, nowMs: number): CostSpan {
  return fixed ? customSpan(fixed.fromMs, fixed.toMs) : namedSpan(range, nowMs);
}
