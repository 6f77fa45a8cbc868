import type { ApiEvent, EventPage } from "@/lib/core/api/event";

export const foundPageSize = 500;
/** A list that is longer than this is narrowed further, not scrolled through. */
export const mostFound = 50_000;
/** Whoever is at most this far behind keeps up with the run, whatever is in sight. */
export const keepsUpWithin = 5_000;

export type Found = {
  /** In order of seq. */
  readonly events: readonly ApiEvent[];
  /** Everything up to here was looked at. */
  readonly readUpTo: number;
  /** Everything that was wanted was looked at once: what is missing now is only what came since. */
  readonly hasCaughtUp: boolean;
  readonly failure: Error | null;
};

type Source = {
  /** What is found from seq `from` on, as far as one answer goes. */
  readonly read: (from: number, signal: AbortSignal) => Promise<EventPage>;
  /** Whether an event that came live is one of them; null = only the server can tell. */
  readonly matches: ((event: ApiEvent) => boolean) | null;
  /** Passes before the server is asked about what came live: a run may say a hundred things a second. */
  readonly pause: () => Promise<void>;
};

/** What a filter finds in a run, read from its beginning as far as it is wanted, and then on as the run grows. */
export class FoundEvents {
  readonly #listeners = new Set<() => void>();
  #found: Found = { events: [], readUpTo: 0, hasCaughtUp: false, failure: null };
  #wanted = { rows: 0, upTo: 0 };
  #reading: AbortController | null = null;

  constructor(private readonly source: Source) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): Found => this.#found;

  /** Sees to it that `rows` events are found, or else all that there are up to seq `upTo`. */
  want(rows: number, upTo: number): void {
    this.#wanted = { rows, upTo };
    if (!this.#found.hasCaughtUp && this.#found.readUpTo >= upTo) this.#set({ ...this.#found, hasCaughtUp: true });
    if (!this.#reading && this.#found.failure === null) void this.#read();
  }

  /** Takes events that came live, as far as they continue what was looked at. */
  append(events: readonly ApiEvent[]): void {
    const { matches } = this.source;
    if (matches === null) return;
    let { readUpTo } = this.#found;
    const taken: ApiEvent[] = [];
    for (const event of events) {
      if (event.seq !== readUpTo + 1) continue;
      readUpTo = event.seq;
      if (matches(event)) taken.push(event);
    }
    if (readUpTo > this.#found.readUpTo) this.#take(taken, readUpTo);
  }

  retry(): void {
    this.#set({ ...this.#found, failure: null });
    this.want(this.#wanted.rows, this.#wanted.upTo);
  }

  /** Reads no further until somebody wants something again. */
  close(): void {
    this.#reading?.abort();
    this.#reading = null;
  }

  async #read(): Promise<void> {
    const reading = new AbortController();
    this.#reading = reading;
    try {
      while (this.#isBehind()) {
        if (this.#found.hasCaughtUp) await this.source.pause();
        if (reading.signal.aborted) return;
        // What came live may have been judged meanwhile.
        if (!this.#isBehind()) break;
        const from = this.#found.readUpTo + 1;
        const page = await this.source.read(from, reading.signal);
        if (reading.signal.aborted) return;
        if (page.readUpTo < from) break;
        this.#take(page.events, page.readUpTo);
      }
    } catch (cause) {
      if (reading.signal.aborted) return;
      this.#set({ ...this.#found, failure: cause instanceof Error ? cause : new Error(String(cause)) });
    }
    this.#reading = null;
  }

  #isBehind(): boolean {
    const { events, readUpTo, hasCaughtUp } = this.#found;
    const { rows, upTo } = this.#wanted;
    if (readUpTo >= upTo || events.length >= mostFound) return false;
    return events.length < rows || (hasCaughtUp && upTo - readUpTo <= keepsUpWithin);
  }

  #take(events: readonly ApiEvent[], readUpTo: number): void {
    const known = this.#found;
    const more = events.filter(({ seq }) => seq > known.readUpTo);
    const upTo = Math.max(known.readUpTo, readUpTo);
    this.#set({
      events: more.length === 0 ? known.events : [...known.events, ...more],
      readUpTo: upTo,
      hasCaughtUp: known.hasCaughtUp || upTo >= this.#wanted.upTo,
      failure: null,
    });
  }

  #set(found: Found): void {
    this.#found = found;
    for (const listener of this.#listeners) listener();
  }
}
