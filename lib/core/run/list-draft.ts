import type { GrownList } from "./grown-list";
import { type Keyed, put } from "./record";

/**
 * The held rows of a list that grows without end. An index identifies a row for the life of the run, so a list of which only the end is
 * held needs no renumbering: `first` is the index of `rows[0]`, and `carried` has the few earlier rows that later events can still change.
 * Both are absent if the whole list is held.
 */
export type Held<T> = { readonly rows: readonly T[]; readonly first?: number; readonly carried?: Keyed<T> };

/** A list between two batches: `Held`, with rows assembled on request. */
export type SettledList<T> = { readonly list: GrownList<T>; readonly part: Omit<Held<T>, "rows"> };

/** What a draft starts from. */
export function settledList<T>(list: GrownList<T>, { first, carried }: Omit<Held<T>, "rows">): SettledList<T> {
  return { list, part: first === undefined ? {} : { first, carried: carried ?? {} } };
}

/** A list while a batch is folded: what a reader may hold is never written, and new items are kept separate until the batch is settled. */
export class ListDraft<T extends object> {
  private readonly base: GrownList<T>;
  private readonly first: number;
  /** Index of the first item added by this batch. */
  private readonly end: number;
  private readonly carried: Keyed<T> | undefined;
  private readonly added: T[] = [];
  private changed: Map<number, T> | null = null;
  private carriedPlaces: readonly number[] | null = null;

  constructor(private readonly settled: SettledList<T>) {
    this.base = settled.list;
    this.first = settled.part.first ?? 0;
    this.end = this.first + this.base.length;
    this.carried = settled.part.carried;
  }

  get length(): number {
    return this.end + this.added.length;
  }

  at(index: number): T | undefined {
    if (index >= this.end) return this.added[index - this.end];
    return this.changed?.get(index) ?? this.original(index);
  }

  /** Whether nobody outside has seen the item at this index. */
  isFresh(index: number): boolean {
    return index >= this.end;
  }

  push(item: T): number {
    return this.end + this.added.push(item) - 1;
  }

  set(index: number, item: T): void {
    if (index >= this.end) this.added[index - this.end] = item;
    else {
      this.changed ??= new Map();
      this.changed.set(index, item);
    }
  }

  /** Whether the item was replaced in this batch: such a copy belongs to the draft. */
  isReplaced(index: number): boolean {
    return this.changed?.has(index) === true;
  }

  /** How many items are held, and the index of each, in order. */
  get places(): number {
    return this.carriedIndexes().length + this.length - this.first;
  }

  indexAt(place: number): number {
    const carried = this.carriedIndexes();
    return place < carried.length ? (carried[place] ?? 0) : this.first + place - carried.length;
  }

  /** Removes what was added beyond `length`, which is at least the length at the start of the batch. */
  cutTo(length: number): void {
    const kept = length - this.end;
    if (kept < this.added.length) this.added.length = kept;
  }

  /** The list after the batch; the same reference if nothing changed. `isSame`: whether a replaced item equals the previous one. */
  settle(isSame?: (before: T, now: T) => boolean): SettledList<T> {
    const { base, added, first, settled } = this;
    const changed = [...(this.changed ?? [])].filter(([index, now]) => {
      const before = this.original(index);
      return before !== now && (before === undefined || isSame?.(before, now) !== true);
    });
    if (added.length === 0 && changed.length === 0) return settled;
    if (settled.part.first === undefined) return { list: base.grow(added, changed), part: settled.part };
    const carried: { [key: string]: T } = { ...this.carried };
    const placed: [place: number, row: T][] = [];
    for (const [index, now] of changed) {
      if (index >= first) placed.push([index - first, now]);
      else put(carried, String(index), now);
    }
    return { list: base.grow(added, placed), part: { first, carried } };
  }

  private original(index: number): T | undefined {
    return index >= this.first ? this.base.at(index - this.first) : this.carried?.[index];
  }

  /** Numeric keys come in ascending order. */
  private carriedIndexes(): readonly number[] {
    this.carriedPlaces ??= this.carried === undefined ? [] : Object.keys(this.carried).map(Number);
    return this.carriedPlaces;
  }
}
