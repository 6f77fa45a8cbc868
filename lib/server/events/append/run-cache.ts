import type { RowState } from "@/lib/core/run/state";
import type { KeyFilter } from "./key-filter";
import type { SourceRef } from "./request";

/** What the appender remembers of a run between two batches. The row in the database stays the truth. */
export type CachedRun = {
  readonly projectId: string;
  readonly id: string;
  readonly source: SourceRef;
  readonly externalId: string;
  readonly kind: "run" | "activity";
  readonly createdAtMs: number;
  readonly lastSeq: number;
  /** How often its estimates were made anew. */
  readonly pricing: number;
  readonly state: RowState;
  /** How far the state in the database is, when it was written, and the length of the events behind it: it may be behind (write-batch.ts). */
  readonly stored?: { readonly seq: number; readonly atMs: number; readonly tailChars: number };
  /** Every dedupe key of the run, when all its events went through this process; else the database has to be asked. */
  readonly keys?: KeyFilter;
};

/** Key of a run before its id is known. */
export function runKey(sourceId: string, externalId: string): string {
  return `${sourceId}\n${externalId}`;
}

/** Bounded least-recently-used memory of runs, so that a batch need not read back the state it wrote itself. */
export class RunCache {
  readonly #entries = new Map<string, CachedRun>();
  readonly #max: number;

  constructor(max = 5_000) {
    this.#max = max;
  }

  get(key: string): CachedRun | undefined {
    const found = this.#entries.get(key);
    if (found) {
      this.#entries.delete(key);
      this.#entries.set(key, found);
    }
    return found;
  }

  /** Without counting as a use. */
  peek(key: string): CachedRun | undefined {
    return this.#entries.get(key);
  }

  set(key: string, run: CachedRun): void {
    this.#entries.delete(key);
    this.#entries.set(key, run);
    if (this.#entries.size > this.#max) {
      const oldest = this.#entries.keys().next().value;
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
  }

  /** After a failed commit nothing remembered about these runs can be trusted. */
  forget(keys: Iterable<string>): void {
    for (const key of keys) this.#entries.delete(key);
  }
}
