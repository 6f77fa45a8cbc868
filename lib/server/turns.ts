/**
 * One after the other, in the order in which they asked. Each asks again for its next piece of work, so that nobody waits for all of
 * another's.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work);
    // Who comes next waits for its end, not for its success.
    this.#last = mine.catch(() => {});
    return mine;
  }
}
