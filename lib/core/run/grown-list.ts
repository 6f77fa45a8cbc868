/** Rows behind the long array before they join it: so many are copied with a batch at most, and the long array once for all of them. */
const longestTail = 4_096;
/** Rows of the long array that were replaced before they are written into another. */
const mostReplaced = 512;

type Replaced<T> = ReadonlyMap<number, T>;
const none: Replaced<never> = new Map<number, never>();

/**
 * The rows of a long list after a batch. A list of 50,000 rows is 400 KB of pointers: copied for every batch it costs more than folding
 * the batch does, and mostly nobody looks before the next one. So a batch copies only what lies behind the rows of long ago, and the
 * rows are put together when they are asked for, once. What `rows` gave is never written again.
 */
export class GrownList<T> {
  private long: readonly T[];
  private tail: readonly T[] = [];
  private replaced: Replaced<T> = none;

  constructor(rows: readonly T[]) {
    this.long = rows;
  }

  get length(): number {
    return this.long.length + this.tail.length;
  }

  get rows(): readonly T[] {
    if (this.tail.length > 0 || this.replaced.size > 0) {
      const rows = this.long.concat(this.tail);
      for (const [place, row] of this.replaced) rows[place] = row;
      this.long = rows;
      this.tail = [];
      this.replaced = none;
    }
    return this.long;
  }

  at(place: number): T | undefined {
    const behind = place - this.long.length;
    if (behind >= 0) return this.tail[behind];
    return (this.replaced.size === 0 ? undefined : this.replaced.get(place)) ?? this.long[place];
  }

  /** The list with rows behind it, which it takes over, and others in the places that are named. */
  grow(added: T[], changed: readonly (readonly [place: number, row: T])[]): GrownList<T> {
    if (this.length === 0) return new GrownList(added);
    const grown = new GrownList(this.long);
    const tail = this.tail.length === 0 ? added : this.tail.concat(added);
    const replaced = changed.length === 0 ? this.replaced : new Map(this.replaced);
    for (const [place, row] of changed) {
      if (place >= this.long.length) tail[place - this.long.length] = row;
      else (replaced as Map<number, T>).set(place, row);
    }
    grown.tail = tail;
    grown.replaced = replaced;
    // Asked for here, once in a while, so that what a batch copies stays small however long nobody looks.
    return tail.length > longestTail || replaced.size > mostReplaced ? new GrownList(grown.rows) : grown;
  }
}
