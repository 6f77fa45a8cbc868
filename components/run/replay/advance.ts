/** A longer silence is played as this one: nobody waits ten minutes for a human who answered long ago. */
export const longestGapMs = 2_000;

export type Played = {
  readonly at: number;
  /** Of the time to play: not enough yet for the next event. */
  readonly leftMs: number;
  /** The next event's time is not here yet. */
  readonly isStarved: boolean;
};

export type Log = {
  readonly lastSeq: number;
  /** When an event happened; undefined = not read yet, null = gone from the log. */
  readonly timeOf: (seq: number) => number | null | undefined;
};

/** The position after playing `budgetMs` from `at` on, by the events' own times. A clock that goes back costs nothing. */
export function advance(from: { readonly at: number; readonly budgetMs: number }, { lastSeq, timeOf }: Log): Played {
  let { at, budgetMs: leftMs } = from;
  while (at < lastSeq) {
    const next = timeOf(at + 1);
    const here = timeOf(at);
    if (next === undefined || here === undefined) return { at, leftMs: 0, isStarved: true };
    const gapMs = next === null || here === null ? 0 : Math.min(longestGapMs, Math.max(0, next - here));
    if (gapMs > leftMs) return { at, leftMs, isStarved: false };
    leftMs -= gapMs;
    at += 1;
  }
  return { at, leftMs: 0, isStarved: false };
}
