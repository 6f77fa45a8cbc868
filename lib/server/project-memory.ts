import { isYounger } from "./is-younger";

type Known<T> = {
  value: Promise<T>;
  /** When its reading began: an answer may be long on its way. */
  readAtMs: number;
  renewing: Promise<T> | null;
  /** Of its reading, in the order in which they began. */
  n: number;
};

type Options<T> = {
  readonly now: () => number;
  readonly read: (projectId: string) => Promise<T>;
  /** What was known stays the same object when this says that nothing has changed. */
  readonly isSame?: (known: T, read: T) => boolean;
  /** What is older is not answered with: whoever asks waits until it was read again. Without it, nobody waits but the first. */
  readonly trustedMs?: number;
};

/** What another process changed counts after this long. */
const freshMs = 1_000;

/** Settings of each project that the hot paths need: read once, then renewed beside them, so that they never wait for it. */
export class ProjectMemory<T> {
  readonly #options: Options<T>;
  readonly #known = new Map<string, Known<T>>();
  /** Readings of what is not known yet. */
  readonly #first = new Map<string, Promise<T>>();
  #readings = 0;

  constructor(options: Options<T>) {
    this.#options = options;
  }

  of(projectId: string): Promise<T> {
    const known = this.#known.get(projectId);
    if (!known) return this.#readFirst(projectId);
    const nowMs = this.#options.now();
    if (isYounger(known.readAtMs, freshMs, nowMs)) return known.value;
    known.renewing ??= this.renew(projectId);
    const { trustedMs } = this.#options;
    if (trustedMs !== undefined && !isYounger(known.readAtMs, trustedMs, nowMs)) return known.renewing;
    // What is known stays in force while the database does not answer.
    known.renewing.catch(() => {});
    return known.value;
  }

  /** All who ask at a start wait for one reading. */
  #readFirst(projectId: string): Promise<T> {
    const first = this.#first.get(projectId) ?? this.renew(projectId).finally(() => this.#first.delete(projectId));
    this.#first.set(projectId, first);
    return first;
  }

  /** Reads them again; whoever asks after it resolved knows what it found. */
  async renew(projectId: string): Promise<T> {
    const { now, read, isSame } = this.#options;
    const before = this.#known.get(projectId);
    const n = ++this.#readings;
    const readAtMs = now();
    try {
      const found = await read(projectId);
      const newest = this.#known.get(projectId);
      // One that began later was faster: it may know of a change that this one was too early for.
      if (newest && newest.n > n) return newest.value;
      const known = before && (await before.value);
      const value = known !== undefined && isSame?.(known, found) ? known : found;
      this.#known.set(projectId, { value: Promise.resolve(value), readAtMs, renewing: null, n });
      return value;
    } catch (error) {
      if (before) before.renewing = null;
      throw error;
    }
  }
}
