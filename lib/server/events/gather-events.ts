import type { StoredEvent } from "./append/plan";
import type { CachedRun } from "./append/run-cache";
import { listEvents } from "./list-events";

type Bounds<T> = {
  readonly from: number;
  /** What an event becomes; null = it is skipped. */
  readonly made: (stored: StoredEvent) => T | null;
  readonly charsOf: (stored: StoredEvent, made: T) => number;
  readonly most: number;
  readonly mostChars: number;
  /** Counts all events, including skipped ones. */
  readonly mostRead: number;
};

export type Gathered<T> = {
  readonly all: readonly T[];
  /** Where it was cut off: the last event read, and the last that exists. */
  readonly cut?: { readonly afterSeq: number; readonly lastSeq: number };
};

/** Collects what a run's events become, for a response that holds them all at once; says where its limits cut it off. */
export async function gatherEvents<T>(run: CachedRun, bounds: Bounds<T>): Promise<Gathered<T>> {
  const { from, made, charsOf, most, mostChars, mostRead } = bounds;
  const { lastSeq } = run;
  const all: T[] = [];
  let chars = 0;
  let read = 0;
  for await (const page of listEvents(run, { from, limit: mostRead, matches: null })) {
    for (const stored of page) {
      const value = made(stored);
      read += 1;
      if (value !== null) {
        all.push(value);
        chars += charsOf(stored, value);
      }
      const isFull = all.length === most || chars > mostChars || read === mostRead;
      const afterSeq = stored.event.seq;
      if (isFull) return afterSeq < lastSeq ? { all, cut: { afterSeq, lastSeq } } : { all };
    }
  }
  return { all };
}
