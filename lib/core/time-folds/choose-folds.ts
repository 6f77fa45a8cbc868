import type { TimeFold } from "./fold-time";
import type { IdleWait } from "./idle-waits";

/** A wait that takes more of the axis than this keeps the work from being read. */
const foldedFromShare = 0.2;
/** What a fold takes of the axis, about: as wide as its length in words. */
const shownShare = 0.05;
const leastRestMs = 1_000;
const mostFolds = 24;
const step = 1.25;

/**
 * The waits that are folded, in order, times since `originMs`: the longest first, as long as one takes more than a fifth of what is
 * left without those before it. What they are shown with grows in steps of a quarter, so that a live run's bars stand still.
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
