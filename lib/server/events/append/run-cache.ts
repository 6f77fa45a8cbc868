import type { RowState } from "@/lib/core/run/state";
import type { KeyFilter } from "./key-filter";
import type { SourceRef } from "./request";

/** What the appender remembers of a run between batches. The row in the database remains the source of truth. */
export type CachedRun = {
  readonly projectId: string;
  readonly id: string;
  readonly source: SourceRef;
  readonly externalId: string;
  readonly kind: "run" | "activity";
  readonly createdAtMs: number;
  readonly lastSeq: number;
  /** How often its estimates have been recalculated. */
  readonly pricing: number;
  readonly state: RowState;
  /** How far the stored state has got, when it was written, and the length of the events after it: it may lag behind (run-columns.ts). */
  readonly stored?: { readonly seq: number; readonly atMs: number; readonly tailChars: number };
  /** Every dedupe key of the run, if all its events went through this process; otherwise the database must be queried. */
  readonly keys?: KeyFilter;
};

/** Key of a run before its id is known. */
export function runKey(sourceId: string, externalId: string): string {
  return `${sourceId}\n${externalId}`;
}

/**
 * Bounded cache of runs, so that a batch need not read back the state it wrote itself. When the young half is full it becomes the old half,
 * and whatever the previous old half held and nobody used since is forgotten. Nothing is deleted and reinserted at the end, as a
 * least-recently-used map does: that makes the engine discard tables that hold everything they ever held (http/under-way.ts).
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

  /** Reads without counting as a use. */
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

  /** After a failed commit, nothing remembered about these runs can be trusted. */
  forget(keys: Iterable<string>): void {
    for (const key of keys) {
      this.#young.delete(key);
      this.#old.delete(key);
    }
  }
}
