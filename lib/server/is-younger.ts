/**
 * Whether a timestamp is younger than this. The clock may have been set back since: a timestamp in the future has no known age and counts
 * as old.
 */
export function isYounger(atMs: number, ms: number, nowMs: number): boolean {
  return atMs <= nowMs && nowMs - atMs < ms;
}
