/** A page of a log in one format, for every reader at its beginning. */
export type Page<E> = {
  /** Seq of its last entry. */
  readonly last: number;
  readonly chunk: Uint8Array | null;
  /** Its entries, when readers are done after them. */
  readonly ending: readonly E[] | null;
};

const mostRemembered = 8;

/**
 * Readers that connect at once, as all do after a restart, start at the same places. A page is read and encoded once for those who ask
 * while it is being read, and shared with those who ask while its bytes still wait for somebody's socket: it is held weakly, so sharing
 * takes no memory of its own.
 */
export class SharedPages<E> {
  readonly #read: (after: number) => Promise<Page<E> | null>;
  readonly #reading = new Map<number, Promise<Page<E> | null>>();
  readonly #written = new Map<number, { readonly last: number; readonly chunk: WeakRef<Uint8Array> }>();

  /** `read` returns the page after a place; null where the log ends. */
  constructor(read: (after: number) => Promise<Page<E> | null>) {
    this.#read = read;
  }

  after(place: number): Promise<Page<E> | null> {
    const written = this.#written.get(place);
    const chunk = written?.chunk.deref();
    if (written && chunk) return Promise.resolve({ last: written.last, chunk, ending: null });
    const underway = this.#reading.get(place);
    if (underway) return underway;
    const page = this.#readNow(place).finally(() => this.#reading.delete(place));
    this.#reading.set(place, page);
    return page;
  }

  async #readNow(place: number): Promise<Page<E> | null> {
    const page = await this.#read(place);
    if (page?.chunk && page.ending === null) this.#remember(place, page.last, page.chunk);
    return page;
  }

  #remember(place: number, last: number, chunk: Uint8Array): void {
    this.#written.delete(place);
    this.#written.set(place, { last, chunk: new WeakRef(chunk) });
    if (this.#written.size > mostRemembered) this.#written.delete(this.#written.keys().next().value as number);
  }
}
