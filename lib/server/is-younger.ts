/**
 * Whether what was noted then is younger than this. A clock may have been set back since: what lies ahead of it has no age that anybody
 * knows, and is old.
 */
export function isYounger(atMs: number, ms: number, nowMs: number): boolean {
  return atMs <= nowMs && nowMs - atMs < ms;
}
