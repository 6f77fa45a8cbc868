import type { CostBucket } from "@/lib/core/costs/cost-span";

const options: Readonly<Record<CostBucket, Intl.DateTimeFormatOptions>> = {
  minute: { hour: "2-digit", minute: "2-digit" },
  hour: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  day: { day: "numeric", month: "short" },
};

/** A bucket's start, in UTC: days are cut there, and the server and the browser agree on it. */
export function bucketWord(atMs: number, bucket: CostBucket): string {
  return new Intl.DateTimeFormat("en-GB", { ...options[bucket], timeZone: "UTC", hour12: false }).format(atMs);
}

/** A stretch of time in UTC. */
export function spanWord(fromMs: number, toMs: number): string {
  const format = new Intl.DateTimeFormat("en-GB", { ...options.hour, timeZone: "UTC", hour12: false });
  return `${format.format(fromMs)} to ${format.format(toMs)} UTC`;
}
