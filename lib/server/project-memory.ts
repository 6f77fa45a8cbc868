import { isYounger } from "./is-younger";

type Known<T> = {
  value: Promise<T>;
  /** When its read began: the answer may take long to arrive. */
  readAtMs: number;
  renewing: Promise<T> | null;
  /** Number of its read, in the order in which reads began. */
  n: number;
};

type Options<T> = {
  readonly now: () => number;
  readonly read: (projectId: string) => Promise<T>;
  /** When this says that nothing changed, the known object is kept. */
  readonly isSame?: (known: T, read: T) => boolean;
  /** Anything older is not returned: callers wait for a new read. Without it, only the first caller waits. */
  readonly trustedMs?: number;
};

/** A change by another process takes effect after this long. */
const freshMs = 1_000;

/** Per-project settings that the hot paths need: read once, then refreshed in the background, so that the hot paths never wait for them. */
export class ProjectMemory<T> {
  readonly #options: Options<T>;
  readonly #known = new Map<string, Known<T>>();
  /** Reads of projects that are not known yet. */
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
    // The known value stays in force while the database does not answer.
    known.renewing.catch(() => {});
    return known.value;
  }

  /** Everyone who asks at the start waits for the same read. */
  #readFirst(projectId: string): Promise<T> {
    const first = this.#first.get(projectId) ?? this.renew(projectId).finally(() => this.#first.delete(projectId));
    this.#first.set(projectId, first);
    return first;
  }

  /** Reads the settings again; whoever asks after it resolves sees what it found. */
  async renew(projectId: string): Promise<T> {
    const { now, read, isSame } = this.#options;
    const before = this.#known.get(projectId);
    const n = ++this.#readings;
    const readAtMs = now();
    try {
      const found = await read(projectId);
      const newest = this.#known.get(projectId);
      // A later read finished first: it may know of a change that this one was too early to see.
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
