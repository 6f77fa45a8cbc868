/**
 * A stretch of time that an axis shows shorter than it was, times in milliseconds since any one moment. `toMs` null = it goes on:
 * however long it lasts, it takes no more than `shownMs`, so that nothing on the axis moves while it does.
 */
export type TimeFold = { readonly fromMs: number; readonly toMs: number | null; readonly shownMs: number };

/** What lies so far behind the beginning of a fold that goes on is behind it: 115 days. */
const horizonMs = 1e10;

/** Where a moment stands on an axis with these folds, which come in their order and apart. Strictly growing; `trueTime` is its inverse. */
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

/** The moment that stands here on an axis with these folds. */
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
