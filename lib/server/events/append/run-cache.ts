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

/**
 * Bounded memory of runs, so that a batch need not read back the state it wrote itself. When the young half is full it becomes the old
 * one, and what was in the old half and was not used since is forgotten. Nothing is deleted to be put in again at the end, as a
 * least-recently-used map does: that makes the engine throw tables away that hold all they ever held (http/under-way.ts).
 */
export class RunCache {
  readonly #half: number;
  #young = new Map<string, CachedRun>();
  #old = new Map<string, CachedRun>();

  constructor(max = 5_000) {
    this.#half = Math.ceil(max / 2);
  }

  get(key: string): CachedRun | undefined {
    const found = this.#young.get(key);
    if (found) return found;
    const old = this.#old.get(key);
    if (old) this.set(key, old);
    return old;
  }

  /** Without counting as a use. */
  peek(key: string): CachedRun | undefined {
    return this.#young.get(key) ?? this.#old.get(key);
  }

  set(key: string, run: CachedRun): void {
    if (this.#young.size >= this.#half && !this.#young.has(key)) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, run);
  }

  /** After a failed commit nothing remembered about these runs can be trusted. */
  forget(keys: Iterable<string>): void {
    for (const key of keys) {
      this.#young.delete(key);
      this.#old.delete(key);
    }
  }
}
