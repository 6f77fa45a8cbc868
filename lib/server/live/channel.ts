import { type Page, SharedPages } from "./shared-pages";
import type { Sink } from "./sink";

/** Anything with a place in a log whose numbers have no gaps. */
export type Entry = { readonly seq: number };

export type ChannelSource<E extends Entry> = {
  /** Committed entries with seq > after, in order, at most `limit`; empty only where the log ends. */
  readonly read: (after: number, limit: number) => Promise<readonly E[]>;
  /** One chunk for these entries; null when none of them concerns this channel's readers. */
  readonly encode: (entries: readonly E[]) => Uint8Array | null;
  /** True when readers are done after these entries. */
  readonly ends?: (entries: readonly E[]) => boolean;
  readonly failed: (error: unknown) => void;
};

type Hooks<E> = {
  /** The system's stream ends after these entries. */
  readonly onEnd?: (entries: readonly E[]) => void;
  /** The reader is up to date, with everything up to `cursor`. */
  readonly onCaughtUp?: (cursor: number) => void;
  /**
   * What the log contained when the reader joined: an end within it is not final, unless `isOver` says that the run is over after all of
   * it.
   */
  readonly told?: { readonly upTo: number; readonly isOver: boolean };
};

type Reader<E> = Hooks<E> & { readonly sink: Sink; cursor: number; live: boolean };

const pageSize = 1_000;
/** A reader with more than this unsent is cut off; it returns with its cursor. */
export const maxUnsent = 1024 * 1024;
/** While catching up, read on only when the peer has taken most of what it was given. */
const catchUpUnsent = 256 * 1024;
const minTickMs = 16;

/**
 * All readers of one log in one format. A tick encodes the new entries once and writes the same bytes to every reader that is up to date; a
 * reader that is behind is served from the log, page by page, until it is up to date. No reader has a queue.
 */
export class Channel<E extends Entry> {
  readonly #source: ChannelSource<E>;
  readonly #readers = new Set<Reader<E>>();
  readonly #pages = new SharedPages<E>((cursor) => this.#readPage(cursor));
  /** Everything up to here was written to the live readers. */
  #position: number;
  /** How far the log is known to reach. */
  #reaches = 0;
  #pending: E[] = [];
  #behind = false;
  #reading = false;
  #timer: NodeJS.Timeout | NodeJS.Immediate | null = null;
  #lastTick = 0;

  constructor(source: ChannelSource<E>, position: number) {
    this.#source = source;
    this.#position = position;
  }

  get size(): number {
    return this.#readers.size;
  }

  /** Adds a reader that has everything up to `cursor`. Returns a function that removes it. */
  join(sink: Sink, cursor: number, hooks: Hooks<E> = {}): () => void {
    const { onEnd, onCaughtUp, told } = hooks;
    const reader: Reader<E> = { onEnd, onCaughtUp, told, sink, cursor, live: false };
    this.#readers.add(reader);
    void this.#catchUp(reader);
    return () => this.#readers.delete(reader);
  }

  /** Entries just committed by this process. A gap makes the channel read the log. */
  publish(entries: readonly E[]): void {
    this.#reaches = Math.max(this.#reaches, entries.at(-1)?.seq ?? 0);
    if (this.#readers.size === 0) {
      this.#skipTo(entries.at(-1)?.seq ?? 0);
      return;
    }
    const expected = (this.#pending.at(-1)?.seq ?? this.#position) + 1;
    const fresh = entries.filter((entry) => entry.seq >= expected);
    if (fresh.length === 0) return;
    if ((fresh[0] as E).seq === expected && !this.#behind) this.#pending.push(...fresh);
    else this.#behind = true;
    this.#schedule();
  }

  /** The log is known to reach `seq`, by another process's commit. */
  advance(seq: number): void {
    this.#reaches = Math.max(this.#reaches, seq);
    if (this.#readers.size === 0) {
      this.#skipTo(seq);
      return;
    }
    if (seq <= (this.#pending.at(-1)?.seq ?? this.#position)) return;
    this.#behind = true;
    this.#schedule();
  }

  #skipTo(seq: number): void {
    this.#position = Math.max(this.#position, seq);
    this.#pending = [];
    this.#behind = false;
  }

  // At once when idle, coalesced under load: a stream is limited by chunks per second, not bytes.
  #schedule(): void {
    if (this.#timer) return;
    const wait = this.#lastTick + minTickMs - performance.now();
    const tick = () => {
      this.#timer = null;
      this.#tick();
    };
    this.#timer = wait <= 0 ? setImmediate(tick) : setTimeout(tick, wait);
  }

  #tick(): void {
    this.#lastTick = performance.now();
    if (this.#behind) {
      void this.#readLog();
      return;
    }
    if (this.#reading) return;
    const entries = this.#pending;
    this.#pending = [];
    if (entries.length > 0) this.#deliver(entries);
  }

  #deliver(entries: readonly E[]): void {
    const chunk = this.#source.encode(entries);
    const before = this.#position;
    const last = (entries.at(-1) as E).seq;
    this.#position = last;
    for (const reader of this.#readers) {
      if (!reader.live || reader.cursor >= last) continue;
      // A reader that caught up from the log may be ahead of the tick: it gets only what it does not have.
      const own = reader.cursor > before ? this.#source.encode(entries.filter((entry) => entry.seq > reader.cursor)) : chunk;
      reader.cursor = last;
      if (own) this.#write(reader, own);
      if (this.#endsBehind(reader, entries)) this.#finish(reader, entries);
    }
  }

  async #readLog(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    this.#behind = false;
    try {
      const entries = await this.#source.read(this.#position, pageSize);
      const last = entries.at(-1)?.seq ?? this.#position;
      // Keep what was published during the read, unless the read already returned it.
      this.#pending = this.#pending.filter((entry) => entry.seq > last);
      const gap = this.#pending[0] !== undefined && this.#pending[0].seq !== last + 1;
      if (gap) this.#pending = [];
      // A page may end early because its entries are long.
      if (gap || (entries.length > 0 && last < this.#reaches)) this.#behind = true;
      if (entries.length > 0) this.#deliver(entries);
    } catch (error) {
      // The next commit or poll retries; readers keep their place meanwhile.
      this.#pending = [];
      this.#source.failed(error);
    } finally {
      this.#reading = false;
    }
    if (this.#behind || this.#pending.length > 0) this.#schedule();
  }

  async #catchUp(reader: Reader<E>): Promise<void> {
    try {
      while (this.#readers.has(reader) && !reader.sink.closed) {
        if (reader.cursor >= this.#position) {
          reader.cursor = Math.max(reader.cursor, this.#position);
          reader.live = true;
          reader.onCaughtUp?.(reader.cursor);
          return;
        }
        if (await this.#sendPage(reader)) return;
        if (reader.sink.unsent > catchUpUnsent) await reader.sink.drained();
      }
    } catch (error) {
      this.#source.failed(error);
      reader.sink.cut();
    }
  }

  /**
   * Writes the next page of the log; true when the reader is done. A reader that takes nothing holds the bytes of one page, and no more.
   */
  async #sendPage(reader: Reader<E>): Promise<boolean> {
    const page = await this.#pages.after(reader.cursor);
    if (page === null) {
      // The log ends before our position only if it was truncated behind us; nothing more will come from there.
      reader.cursor = this.#position;
      return false;
    }
    reader.cursor = page.last;
    if (page.chunk) reader.sink.write(page.chunk);
    if (!this.#endsBehind(reader, page.ending ?? [], page.last)) return false;
    this.#finish(reader, page.ending ?? []);
    return true;
  }

  /** Whether a reader that got entries up to `last` is done; `entries` may be omitted if none of them is an end. */
  #endsBehind({ told }: Reader<E>, entries: readonly E[], last = (entries.at(-1) as E).seq): boolean {
    if (told !== undefined && last < told.upTo) return false;
    if (told?.isOver) return true;
    const fresh = told === undefined ? entries : entries.filter(({ seq }) => seq > told.upTo);
    return fresh.length > 0 && this.#source.ends?.(fresh) === true;
  }

  async #readPage(cursor: number): Promise<Page<E> | null> {
    const entries = await this.#source.read(cursor, pageSize);
    const last = entries.at(-1);
    if (last === undefined) return null;
    return { last: last.seq, chunk: this.#source.encode(entries), ending: this.#source.ends?.(entries) ? entries : null };
  }

  #write(reader: Reader<E>, chunk: Uint8Array): void {
    if (reader.sink.unsent > maxUnsent) {
      this.#readers.delete(reader);
      reader.sink.cut();
      return;
    }
    reader.sink.write(chunk);
  }

  #finish(reader: Reader<E>, entries: readonly E[]): void {
    this.#readers.delete(reader);
    reader.onEnd?.(entries);
  }
}
