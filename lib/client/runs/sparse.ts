type Limits<Item> = {
  readonly seqOf: (item: Item) => number;
  /** Events between two items while there are few of them. */
  readonly spacing: number;
  readonly most: number;
};

/**
 * Things of one run that are known as of some of its events, in order of seq. When there are too many, every second one is let
 * go and they are kept twice as far apart: never more than `most`, however long the run.
 */
export class Sparse<Item> {
  #kept: Item[] = [];
  #spacing: number;

  constructor(private readonly limits: Limits<Item>) {
    this.#spacing = limits.spacing;
  }

  /** How many events lie between two of them at most, where they cover the log. */
  get spacing(): number {
    return this.#spacing;
  }

  get items(): readonly Item[] {
    return this.#kept;
  }

  /** Keeps the item unless one lies close by; says whether it did. */
  keep(item: Item): boolean {
    const { seqOf, most } = this.limits;
    const seq = seqOf(item);
    const place = this.#placeOf(seq);
    const [before, after] = [this.#kept[place - 1], this.#kept[place]];
    if (seq - (before ? seqOf(before) : 0) < this.#spacing || (after && seqOf(after) - seq < this.#spacing)) return false;
    this.#kept.splice(place, 0, item);
    if (this.#kept.length > most) this.#thin();
    return true;
  }

  clear(): void {
    this.#kept = [];
    this.#spacing = this.limits.spacing;
  }

  /** The nearest one at or before `seq`. */
  before(seq: number): Item | undefined {
    return this.#kept[this.#placeOf(seq + 1) - 1];
  }

  /** The first place whose item has at least this seq. */
  #placeOf(seq: number): number {
    let low = 0;
    let high = this.#kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.limits.seqOf(this.#kept[middle] as Item) < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #thin(): void {
    const kept = this.#kept;
    this.#kept = [];
    this.#spacing *= 2;
    for (const item of kept) this.keep(item);
  }
}
