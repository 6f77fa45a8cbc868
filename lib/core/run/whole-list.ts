import type { ListChunk } from "./held-list";
import type { Held } from "./list-draft";
import { type Keyed, lookup } from "./record";

/**
 * A whole list, assembled one chunk at a time: like `widenList` from the start of the run, but keeping in memory only what later chunks
 * changed. Those changes are recorded first, chunk by chunk in log order.
 */
export class WholeList<T> {
  readonly #list: Held<T>;
  readonly #first: number;
  readonly #changed = new Map<number, T>();
  #end = 0;

  /** `list` was pruned at the end of the last chunk and then folded further: its rows are the newest. */
  constructor(list: Held<T>) {
    this.#list = list;
    this.#first = list.first ?? 0;
  }

  note(changed: Keyed<T>): void {
    for (const [key, row] of Object.entries(changed)) this.#changed.set(Number(key), row);
  }

  /** The rows that a chunk added, as they are now. Chunks come in log order. */
  rowsOf({ from, added }: Pick<ListChunk<T>, "from" | "added">): T[] {
    this.#end = from + added.length;
    return added.map((row, at) => this.#newest(from + at) ?? row);
  }

  /** The rows after those of all chunks. */
  rest(): readonly T[] {
    return this.#list.rows.slice(this.#end - this.#first);
  }

  #newest(index: number): T | undefined {
    if (index >= this.#first) return this.#list.rows[index - this.#first];
    return lookup(this.#list.carried ?? {}, String(index)) ?? this.#changed.get(index);
  }
}
