import type { StoredEvent } from "./append/plan";
import type { CachedRun } from "./append/run-cache";
import { listEvents } from "./list-events";

type Bounds<T> = {
  readonly from: number;
  /** What is made of an event; null = it is passed over. */
  readonly made: (stored: StoredEvent) => T | null;
  readonly charsOf: (stored: StoredEvent, made: T) => number;
  readonly most: number;
  readonly mostChars: number;
  /** Of all events, also those that are passed over. */
  readonly mostRead: number;
};

export type Gathered<T> = {
  readonly all: readonly T[];
  /** Where it was cut: the last event that was looked at, and the last that there is. */
  readonly cut?: { readonly afterSeq: number; readonly lastSeq: number };
};

/** What is made of a run's events, for an answer that holds them at once: it says where its bounds cut it. */
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
