/** Replaced rows to collect before all rows are copied into a new array. */
const mostReplaced = 512;

type Replaced<T> = ReadonlyMap<number, T>;
const none: Replaced<never> = new Map<number, never>();

/**
 * The rows of a long list after a batch. A list of 50,000 rows is 400 KB of pointers: copying it for every batch costs more than folding
 * the batch, and usually nobody reads it before the next one. So a list and the lists grown from it share one array, each knows how much of
 * it is its own, and the rows are assembled once, on request. What `rows` returned is never written again.
 */
export class GrownList<T> {
  /** What `rows` returns, once requested. */
  private shown: readonly T[] | null = null;

  private constructor(
    /** The first `length` belong to this list; those after them belong to lists grown from it. */
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

  /** The list with rows appended, and others replaced at the given places. */
  grow(added: readonly T[], changed: readonly (readonly [place: number, row: T])[]): GrownList<T> {
    const replaced = changed.length === 0 ? this.replaced : new Map([...this.replaced, ...changed]);
    const isFull = replaced.size > mostReplaced;
    const shared = isFull ? this.copied(replaced) : this.growing();
    for (const row of added) shared.push(row);
    return new GrownList(shared, this.length + added.length, isFull ? none : replaced, true);
  }

  /** The shared rows, or a copy if another list has already grown from this one. */
  private growing(): T[] {
    return this.canGrow && this.shared.length === this.length ? (this.shared as T[]) : this.shared.slice(0, this.length);
  }

  private copied(replaced: Replaced<T>): T[] {
    const rows = this.shared.slice(0, this.length);
    for (const [place, row] of replaced) rows[place] = row;
    return rows;
  }
}
