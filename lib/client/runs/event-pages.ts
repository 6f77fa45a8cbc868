import type { ApiEvent, EventPage } from "@/lib/core/api/event";

export const eventPageSize = 200;
const mostPages = 60;

type Page = {
  /** Slot i holds seq `index * eventPageSize + 1 + i`; a hole is an event that retention dropped. */
  readonly slots: (ApiEvent | undefined)[];
  /** Highest seq that the log was asked about. */
  readUpTo: number;
  usedAt: number;
};

export type EventSlot =
  | { readonly status: "loaded"; readonly event: ApiEvent }
  | { readonly status: "dropped" }
  | { readonly status: "loading" };

const loading: EventSlot = { status: "loading" };
const dropped: EventSlot = { status: "dropped" };

/** A run's log addressed by seq: pages are read when looked at, the least recently used ones are let go. */
export class EventPages {
  readonly #pages = new Map<number, Page>();
  readonly #inFlight = new Set<number>();
  readonly #listeners = new Set<() => void>();
  #uses = 0;
  #version = 0;
  #failure: Error | null = null;

  constructor(private readonly readPage: (range: { readonly from: number; readonly limit: number }) => Promise<EventPage>) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes whenever a slot changed. */
  readonly version = (): number => this.#version;

  get failure(): Error | null {
    return this.#failure;
  }

  at(seq: number): EventSlot {
    const page = this.#pages.get(pageOf(seq));
    if (!page) return loading;
    const event = page.slots[(seq - 1) % eventPageSize];
    if (event) return { status: "loaded", event };
    return seq <= page.readUpTo ? dropped : loading;
  }

  /** Sees to it that seqs `first` to `last` get loaded, as far as the log goes. */
  want(first: number, last: number): void {
    for (let index = pageOf(Math.max(1, first)); index <= pageOf(Math.max(1, last)); index += 1) {
      const page = this.#pages.get(index);
      if (page) page.usedAt = ++this.#uses;
      const lastWanted = Math.min(last, (index + 1) * eventPageSize);
      if (!page || page.readUpTo < lastWanted) void this.#read(index);
    }
  }

  /** Takes events that came live; only those that continue a page already here are kept. */
  append(events: readonly ApiEvent[]): void {
    let touched = false;
    for (const event of events) {
      const index = pageOf(event.seq);
      const first = index * eventPageSize + 1;
      const page = this.#pages.get(index) ?? (event.seq === first ? this.#add(index) : undefined);
      if (!page || page.readUpTo !== event.seq - 1) continue;
      page.slots[event.seq - first] = event;
      page.readUpTo = event.seq;
      touched = true;
    }
    if (touched) this.#changed();
  }

  retry(): void {
    this.#failure = null;
    this.#changed();
  }

  async #read(index: number): Promise<void> {
    if (this.#inFlight.has(index) || this.#failure) return;
    this.#inFlight.add(index);
    const from = this.#pages.get(index)?.readUpTo ?? index * eventPageSize;
    const lastOfPage = (index + 1) * eventPageSize;
    try {
      const page = await this.readPage({ from: from + 1, limit: lastOfPage - from });
      this.#take(index, page);
    } catch (cause) {
      this.#failure = cause instanceof Error ? cause : new Error(String(cause));
    } finally {
      this.#inFlight.delete(index);
      this.#changed();
    }
  }

  #take(index: number, { events, lastSeq }: EventPage): void {
    const page = this.#pages.get(index) ?? this.#add(index);
    const first = index * eventPageSize + 1;
    for (const event of events) {
      const slot = event.seq - first;
      if (slot >= 0 && slot < eventPageSize) page.slots[slot] = event;
    }
    page.readUpTo = Math.max(page.readUpTo, Math.min(lastSeq, first + eventPageSize - 1));
  }

  #add(index: number): Page {
    const page: Page = { slots: new Array(eventPageSize).fill(undefined), readUpTo: index * eventPageSize, usedAt: ++this.#uses };
    this.#pages.set(index, page);
    if (this.#pages.size > mostPages) this.#dropOldest(index);
    return page;
  }

  #dropOldest(kept: number): void {
    let oldest: number | null = null;
    let usedAt = Number.POSITIVE_INFINITY;
    for (const [index, page] of this.#pages) {
      if (index === kept || page.usedAt >= usedAt) continue;
      oldest = index;
      usedAt = page.usedAt;
    }
    if (oldest !== null) this.#pages.delete(oldest);
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}

function pageOf(seq: number): number {
  return Math.floor((seq - 1) / eventPageSize);
}
