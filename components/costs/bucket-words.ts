import type { CostBucket } from "@/lib/core/costs/cost-span";

const formatOf = (parts: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: "UTC", hour12: false });

const formats: Readonly<Record<CostBucket, Intl.DateTimeFormat>> = {
  minute: formatOf({ hour: "2-digit", minute: "2-digit" }),
  hour: formatOf({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }),
  day: formatOf({ day: "numeric", month: "short" }),
};

/** A bucket's start, in UTC: days are cut there, and the server and the browser agree on it. */
export function bucketWord(atMs: number, bucket: CostBucket): string {
  return formats[bucket].format(atMs);
}

/** A stretch of time in UTC. */
export function spanWord(fromMs: number, toMs: number): string {
  return `${formats.hour.format(fromMs)} to ${formats.hour.format(toMs)} UTC`;
}
