/** Rows that were replaced before all rows are written into another array. */
const mostReplaced = 512;

type Replaced<T> = ReadonlyMap<number, T>;
const none: Replaced<never> = new Map<number, never>();

/**
 * The rows of a long list after a batch. A list of 50,000 rows is 400 KB of pointers: copied for every batch it costs more than folding
 * the batch does, and mostly nobody looks before the next one. So a list and those that grew from it share one array, of which each knows
 * how much is its own, and the rows are put together when they are asked for, once. What `rows` gave is never written again.
 */
export class GrownList<T> {
  /** What `rows` gives, once somebody asked. */
  private shown: readonly T[] | null = null;

  private constructor(
    /** The first `length` are this list's; behind them are those of lists that grew from it. */
    private readonly shared: readonly T[],
    readonly length: number,
    private readonly replaced: Replaced<T>,
    private readonly canGrow: boolean,
  ) {}

  /** A list of rows that others may hold: they are copied when it grows. */
  static of<T>(rows: readonly T[]): GrownList<T> {
    const list = new GrownList<T>(rows, rows.length, none, false);
    list.shown = rows;
    return list;
  }

  get rows(): readonly T[] {
    this.shown ??= this.copied(this.replaced);
    return this.shown;
  }

  at(place: number): T | undefined {
    if (place >= this.length) return undefined;
    return (this.replaced.size === 0 ? undefined : this.replaced.get(place)) ?? this.shared[place];
  }

  /** The list with rows behind it and others in the places that are named. */
  grow(added: readonly T[], changed: readonly (readonly [place: number, row: T])[]): GrownList<T> {
    const replaced = changed.length === 0 ? this.replaced : new Map([...this.replaced, ...changed]);
    const isFull = replaced.size > mostReplaced;
    const shared = isFull ? this.copied(replaced) : this.growing();
    for (const row of added) shared.push(row);
    return new GrownList(shared, this.length + added.length, isFull ? none : replaced, true);
  }

  /** The shared rows, or others where another list has grown from this one before. */
  private growing(): T[] {
    return this.canGrow && this.shared.length === this.length ? (this.shared as T[]) : this.shared.slice(0, this.length);
  }

  private copied(replaced: Replaced<T>): T[] {
    const rows = this.shared.slice(0, this.length);
    for (const [place, row] of replaced) rows[place] = row;
    return rows;
  }
}
