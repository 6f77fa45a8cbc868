import { bucketMs, type CostBucket } from "@/lib/core/costs/cost-span";

const formatOf = (parts: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: "UTC", hour12: false });

const formats: Readonly<Record<CostBucket, Intl.DateTimeFormat>> = {
  minute: formatOf({ hour: "2-digit", minute: "2-digit" }),
  hour: formatOf({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }),
  day: formatOf({ day: "numeric", month: "short" }),
};

const wholeDay = formatOf({ day: "numeric", month: "short", year: "numeric" });

/** A bucket's start, in UTC: days are cut there, and the server and the browser agree on it. */
export function bucketWord(atMs: number, bucket: CostBucket): string {
  return formats[bucket].format(atMs);
}

/** A stretch of time in UTC; whole days as days, the last one with them. */
export function spanWord(fromMs: number, toMs: number): string {
  if (fromMs % bucketMs.day === 0 && toMs % bucketMs.day === 0) {
    const [first, last] = [wholeDay.format(fromMs), wholeDay.format(toMs - 1)];
    return first === last ? `${first} UTC` : `${first} to ${last} UTC`;
  }
  return `${formats.hour.format(fromMs)} to ${formats.hour.format(toMs)} UTC`;
}
