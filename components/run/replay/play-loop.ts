import { advance, type Log } from "./advance";

/** What the page shows when a frame is due; `at` is null at the end, as it is now. */
type Shown = Log & { readonly at: number | null; readonly isLoading: boolean; readonly speed: number };

/** What a frame asks for: nothing where a key is absent. */
type Frame = {
  /** Where to go; null = the end, and the play is over. */
  readonly seek?: number | null;
  /** Times behind this event are wanted soon. */
  readonly readAhead?: number;
};

/** A frame that took longer (a sleeping tab) does not make the play jump. */
const longestFrameMs = 250;
const readAheadEvery = 100;

/**
 * One play, frame by frame. Frames do not wait for the page: one that has not drawn yet what the last frame asked for still shows where that began.
 * Played from there again, the position would go back, and from the end it would come back to stay.
 */
export class PlayLoop {
  #beforeMs: number;
  #leftMs = 0;
  #askedAt = Number.NEGATIVE_INFINITY;
  #moved: { readonly from: number; readonly to: number } | null = null;
  #isOver = false;

  constructor(nowMs: number) {
    this.#beforeMs = nowMs;
  }

  frame(nowMs: number, { at: shownAt, lastSeq, isLoading, speed, timeOf }: Shown): Frame {
    const elapsedMs = Math.min(longestFrameMs, nowMs - this.#beforeMs);
    this.#beforeMs = nowMs;
    if (this.#isOver || shownAt === null || isLoading) return {};
    const at = this.#moved !== null && this.#moved.from <= shownAt && shownAt < this.#moved.to ? this.#moved.to : shownAt;
    const played = advance({ at, budgetMs: this.#leftMs + elapsedMs * speed }, { lastSeq, timeOf });
    this.#leftMs = played.leftMs;
    if (played.at >= lastSeq) {
      this.#isOver = true;
      return { seek: null };
    }
    const isFar = played.isStarved || Math.abs(played.at - this.#askedAt) >= readAheadEvery;
    if (isFar) this.#askedAt = played.at;
    if (played.at !== at) this.#moved = { from: shownAt, to: played.at };
    return { ...(played.at === at ? {} : { seek: played.at }), ...(isFar ? { readAhead: played.at } : {}) };
  }
}
