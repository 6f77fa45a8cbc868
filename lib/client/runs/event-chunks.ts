import { fromApiEvent } from "@/lib/core/api/convert";
import type { EventPage } from "@/lib/core/api/event";
import type { LoggedEvent } from "@/lib/core/events/logged";

const chunkSize = 1_000;
const mostChunks = 8;

type Chunk = { readonly events: readonly LoggedEvent[]; readonly readUpTo: number };

export type ReadEvents = (range: { readonly from: number; readonly limit: number }) => Promise<EventPage>;

/** A run's log in chunks of 1,000, for folding: the last few that were used are kept. */
export class EventChunks {
  readonly #chunks = new Map<number, Chunk>();
  readonly #reading = new Map<number, Promise<Chunk>>();

  constructor(private readonly readEvents: ReadEvents) {}

  /** The events with seq `first` to `last` that the log still holds. */
  async between(first: number, last: number): Promise<readonly LoggedEvent[]> {
    if (last < first) return [];
    const indexes: number[] = [];
    for (let index = chunkOf(first); index <= chunkOf(last); index += 1) indexes.push(index);
    const chunks = await Promise.all(indexes.map((index) => this.#chunk(index, last)));
    return chunks.flatMap(({ events }) => events.filter(({ seq }) => seq >= first && seq <= last));
  }

  /** The event if its chunk is here; null = the log no longer holds it; undefined = not read yet. */
  peek(seq: number): LoggedEvent | null | undefined {
    const chunk = this.#chunks.get(chunkOf(seq));
    if (!chunk || chunk.readUpTo < seq) return undefined;
    const expected = chunk.events[(seq - 1) % chunkSize];
    return expected?.seq === seq ? expected : (chunk.events.find((event) => event.seq === seq) ?? null);
  }

  async #chunk(index: number, last: number): Promise<Chunk> {
    const end = (index + 1) * chunkSize;
    // One that is under way may have been asked before the log went as far as is wanted now.
    for (let other = this.#reading.get(index); other; other = this.#reading.get(index)) await other;
    const known = this.#chunks.get(index);
    if (known && known.readUpTo >= Math.min(last, end)) {
      this.#put(index, known);
      return known;
    }
    const reading = this.#read(index, known).finally(() => this.#reading.delete(index));
    this.#reading.set(index, reading);
    return reading;
  }

  async #read(index: number, known: Chunk | undefined): Promise<Chunk> {
    const end = (index + 1) * chunkSize;
    const from = (known?.readUpTo ?? index * chunkSize) + 1;
    const page = await this.readEvents({ from, limit: end - from + 1 });
    const fresh = page.events.map(fromApiEvent).filter(({ seq }) => seq >= from && seq <= end);
    const chunk = { events: [...(known?.events ?? []), ...fresh], readUpTo: Math.max(fresh.at(-1)?.seq ?? 0, Math.min(page.lastSeq, end)) };
    this.#put(index, chunk);
    return chunk;
  }

  #put(index: number, chunk: Chunk): void {
    this.#chunks.delete(index);
    this.#chunks.set(index, chunk);
    const [oldest] = this.#chunks.keys();
    if (this.#chunks.size > mostChunks && oldest !== undefined) this.#chunks.delete(oldest);
  }
}

function chunkOf(seq: number): number {
  return Math.floor((seq - 1) / chunkSize);
}
