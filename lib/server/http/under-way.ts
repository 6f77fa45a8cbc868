/**
 * What is going on, each until it is over. No Map or Set: behind the last entry of its table the engine makes a new one, to which the
 * old one points. Where entries come and go with every request, one old table that outlives a collection keeps all that come after it
 * until the next full collection, and through them whatever ever was going on: a third of the server's time went into copying that.
 */
export class UnderWay<T extends object> {
  readonly #places: (T | null)[] = [];
  readonly #free: number[] = [];

  /** Returns the call that takes it out again, which may be called more than once. */
  enter(item: T): () => void {
    const place = this.#free.pop() ?? this.#places.length;
    this.#places[place] = item;
    return () => {
      if (this.#places[place] !== item) return;
      this.#places[place] = null;
      this.#free.push(place);
    };
  }

  *[Symbol.iterator](): Generator<T> {
    for (const item of this.#places) if (item !== null) yield item;
  }
}
