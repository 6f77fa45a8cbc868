// Made once for the page: making a format takes as long as using it fifty times, and lists say hundreds of moments.

/** Date and time of day, as the reader's system writes them. */
export const localMoment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** The same moment wherever it is read: "2026-03-01 12:00:00.000 UTC". */
export function utcMoment(at: Date): string {
  return `${at.toISOString().replace("T", " ").slice(0, -1)} UTC`;
}

/** The time of day to the second, midnight as 00. */
export const localTime = new Intl.DateTimeFormat(undefined, { timeStyle: "medium", hourCycle: "h23" });
