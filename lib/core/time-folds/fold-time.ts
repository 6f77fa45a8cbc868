/**
 * A stretch of time that an axis shows shorter than it was; milliseconds since any fixed moment. `toMs` null = it is still open: however
 * long it lasts, it takes no more than `shownMs`, so nothing on the axis moves meanwhile.
 */
export type TimeFold = { readonly fromMs: number; readonly toMs: number | null; readonly shownMs: number };

/** Anything this far past the start of an open fold is after it: 115 days. */
const horizonMs = 1e10;

/** A moment's position on an axis with these folds, which are sorted and disjoint. Strictly increasing; `trueTime` is its inverse. */
export function foldedTime(folds: readonly TimeFold[], ms: number): number {
  let savedMs = 0;
  for (const { fromMs, toMs, shownMs } of folds) {
    if (ms <= fromMs) break;
    const inMs = ms - fromMs;
    const lengthMs = (toMs ?? fromMs + horizonMs) - fromMs;
    if (inMs < lengthMs) return fromMs - savedMs + (toMs === null ? (shownMs * inMs) / (inMs + shownMs) : (shownMs * inMs) / lengthMs);
    savedMs += lengthMs - shownMs;
  }
  return ms - savedMs;
}

/** The moment at this position on an axis with these folds. */
export function trueTime(folds: readonly TimeFold[], atMs: number): number {
  let savedMs = 0;
  for (const { fromMs, toMs, shownMs } of folds) {
    const inMs = atMs - (fromMs - savedMs);
    if (inMs <= 0) break;
    const lengthMs = (toMs ?? fromMs + horizonMs) - fromMs;
    if (inMs < shownMs) {
      const agoMs = toMs === null ? Math.min(horizonMs, (shownMs * inMs) / (shownMs - inMs)) : (inMs * lengthMs) / shownMs;
      return fromMs + agoMs;
    }
    savedMs += lengthMs - shownMs;
  }
  return atMs + savedMs;
}
