import type { TimeFold } from "./fold-time";
import type { IdleWait } from "./idle-waits";

/** A wait that takes a larger share of the axis than this makes the work unreadable. */
const foldedFromShare = 0.2;
/** About the share of the axis that a fold takes: as wide as its length in words. */
const shownShare = 0.05;
const leastRestMs = 1_000;
const mostFolds = 24;
const step = 1.25;

/**
 * The waits to fold, in order, times relative to `originMs`: the longest first, as long as one takes more than a fifth of what remains
 * without those before it. Their displayed length grows in steps of a quarter, so that a live run's bars stand still.
 */
export function chooseFolds(idle: readonly IdleWait[], of: { readonly fromMs: number; readonly toMs: number; readonly originMs: number }) {
  let restMs = of.toMs - of.fromMs;
  const chosen: IdleWait[] = [];
  for (const wait of [...idle].sort((a, b) => lengthOf(b) - lengthOf(a)).slice(0, mostFolds)) {
    if (lengthOf(wait) < foldedFromShare * restMs) break;
    restMs -= lengthOf(wait);
    chosen.push(wait);
  }
  const stepped = step ** Math.floor(Math.log(Math.max(leastRestMs, restMs)) / Math.log(step));
  return chosen
    .sort((a, b) => a.fromMs - b.fromMs)
    .map(
      ({ fromMs, toMs, open }): TimeFold => ({
        fromMs: fromMs - of.originMs,
        toMs: open ? null : toMs - of.originMs,
        shownMs: shownShare * stepped,
      }),
    );
}

function lengthOf({ fromMs, toMs }: IdleWait): number {
  return toMs - fromMs;
}
