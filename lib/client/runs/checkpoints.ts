import { emptyRun } from "@/lib/core/run/fold";
import type { RunState } from "@/lib/core/run/state";

const firstSpacing = 1_000;
const mostKept = 128;

/**
 * Sparse states of one run by seq, for going back. States folded from one another share what they have in common, so one more
 * costs little more than its lists. When there are too many, every second one is let go and they are kept twice as far apart.
 */
export class Checkpoints {
  #kept: RunState[] = [];
  #spacing = firstSpacing;

  /** How many events lie between two of them at most, where they cover the log. */
  get spacing(): number {
    return this.#spacing;
  }

  get count(): number {
    return this.#kept.length;
  }

  /** Keeps the state unless one lies close by. */
  keep(state: RunState): void {
    const seq = seqOf(state);
    const place = this.#placeOf(seq);
    const [before, after] = [this.#kept[place - 1], this.#kept[place]];
    if (seq - (before ? seqOf(before) : 0) < this.#spacing || (after && seqOf(after) - seq < this.#spacing)) return;
    this.#kept.splice(place, 0, state);
    if (this.#kept.length > mostKept) this.#thin();
  }

  /** The nearest state at or before `seq`; the empty run where there is none. */
  before(seq: number): RunState {
    return this.#kept[this.#placeOf(seq + 1) - 1] ?? emptyRun();
  }

  /** Up to here, from the run's start on, every event lies near a state before it. */
  coveredUpTo(): number {
    let covered = 0;
    for (const state of this.#kept) {
      if (seqOf(state) - covered >= 2 * this.#spacing) break;
      covered = seqOf(state);
    }
    return covered;
  }

  #placeOf(seq: number): number {
    const place = this.#kept.findIndex((state) => seqOf(state) >= seq);
    return place === -1 ? this.#kept.length : place;
  }

  #thin(): void {
    const kept = this.#kept;
    this.#kept = [];
    this.#spacing *= 2;
    for (const state of kept) this.keep(state);
  }
}

function seqOf(state: RunState): number {
  return state.lifecycle.lastSeq;
}
