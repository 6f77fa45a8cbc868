/** Things that come one by one, waited for one by one, in order. */
export class Arrivals<T> {
  readonly #here: T[] = [];
  readonly #waiting: ((item: T) => void)[] = [];

  push(item: T): void {
    const first = this.#waiting.shift();
    if (first) first(item);
    else this.#here.push(item);
  }

  /** The next one, now or when it comes. */
  next(): Promise<T> {
    const item = this.#here.shift();
    if (item !== undefined) return Promise.resolve(item);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  get waiting(): number {
    return this.#here.length;
  }
}
