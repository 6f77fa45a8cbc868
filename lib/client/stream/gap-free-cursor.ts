import type { ApiEvent, EventPage } from "@/lib/core/api/event";
import { backoffMs } from "./backoff";
import type { Clock } from "./clock";

export const gapPageSize = 1_000;

export type GapFreeCursorOptions = {
  readonly lastSeq: number;
  readonly clock: Clock;
  readonly random: () => number;
  /** Reads events from `from` on (inclusive). Rejects when it could not. */
  readonly readPage: (from: number, signal: AbortSignal) => Promise<EventPage>;
  readonly emit: (events: readonly ApiEvent[]) => void;
};

/**
 * Turns batches that may overlap, jump or come twice into each event once, in order of seq. A jump is closed by reading
 * the range; seqs that the log no longer holds (retention) are passed over only after the log itself said so.
 */
export class GapFreeCursor {
  #lastSeq: number;
  #target: number;
  #reading = false;
  readonly #abort = new AbortController();
  readonly #options: GapFreeCursorOptions;

  constructor(options: GapFreeCursorOptions) {
    this.#options = options;
    this.#lastSeq = options.lastSeq;
    this.#target = options.lastSeq;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Events known to exist that were not emitted yet. */
  get behind(): number {
    return this.#target - this.#lastSeq;
  }

  accept(events: readonly ApiEvent[]): void {
    if (this.#reading) {
      this.reachTo(events.at(-1)?.seq ?? 0);
      return;
    }
    const whole = this.#emitInOrder(events);
    this.#target = Math.max(this.#target, this.#lastSeq);
    if (!whole) this.reachTo(events.at(-1)?.seq ?? 0);
  }

  /** The log is known to go up to `seq`: reads what is missing. */
  reachTo(seq: number): void {
    this.#target = Math.max(this.#target, seq);
    if (this.#reading || this.#target <= this.#lastSeq || this.#abort.signal.aborted) return;
    this.#reading = true;
    void this.#readUpToTarget();
  }

  close(): void {
    this.#abort.abort();
  }

  async #readUpToTarget(): Promise<void> {
    for (let failures = 0; this.#lastSeq < this.#target && !this.#abort.signal.aborted; ) {
      const before = this.#lastSeq;
      const page = await this.#options.readPage(before + 1, this.#abort.signal).catch(() => null);
      if (this.#abort.signal.aborted) return;
      if (page) this.#takePage(page);
      failures = this.#lastSeq > before ? 0 : failures + 1;
      if (failures > 0) await this.#pause(backoffMs(failures - 1, this.#options.random()));
    }
    this.#reading = false;
  }

  #takePage(page: EventPage): void {
    const fresh = page.events.filter((event) => event.seq > this.#lastSeq);
    const full = page.events.length >= gapPageSize;
    const covered = full ? (fresh.at(-1)?.seq ?? this.#lastSeq) : Math.max(fresh.at(-1)?.seq ?? 0, Math.min(this.#target, page.lastSeq));
    if (fresh.length > 0) this.#options.emit(fresh);
    this.#lastSeq = Math.max(this.#lastSeq, covered);
    this.#target = Math.max(this.#target, this.#lastSeq);
  }

  /** Emits the part of `events` that continues the log without a jump; false when a jump stopped it. */
  #emitInOrder(events: readonly ApiEvent[]): boolean {
    const next: ApiEvent[] = [];
    let last = this.#lastSeq;
    let whole = true;
    for (const event of events) {
      if (event.seq <= last) continue;
      whole = event.seq === last + 1;
      if (!whole) break;
      next.push(event);
      last = event.seq;
    }
    this.#lastSeq = last;
    if (next.length > 0) this.#options.emit(next);
    return whole;
  }

  #pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#options.clock.after(delayMs, resolve);
      this.#abort.signal.addEventListener("abort", () => {
        cancel();
        resolve();
      });
    });
  }
}
