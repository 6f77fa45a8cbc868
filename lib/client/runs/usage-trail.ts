import { fromApiEvent } from "@/lib/core/api/convert";
import type { LoggedEvent } from "@/lib/core/events/logged";
import type { RunState } from "@/lib/core/run/state";
import type { UsageState } from "@/lib/core/usage/state";
import { emptyUsage, evolveUsage } from "@/lib/core/usage/usage";
import type { ReadEvents } from "./event-chunks";
import { Sparse } from "./sparse";

/** What the run had used as of event `seq`; the time is the latest one known by then. */
export type UsageSample = { readonly seq: number; readonly atMs: number; readonly usage: UsageState };

export type UsageTrailView = {
  readonly samples: readonly UsageSample[];
  /** How much of the log was read, 0..1; null = it is too long to be read through. */
  readonly readShare: number | null;
};

const mostSamples = 400;
const pageSize = 1_000;
const longestRead = 250_000;

/** A run's usage over time: the same fold as the state's, noted at regular places. */
export class UsageTrail {
  readonly #samples = new Sparse<UsageSample>({ seqOf: ({ seq }) => seq, spacing: 1, most: mostSamples });
  readonly #listeners = new Set<() => void>();
  #view: UsageTrailView = { samples: [], readShare: 0 };
  #reading = false;
  #wanted = 0;
  #folded: UsageSample = { seq: 0, atMs: 0, usage: emptyUsage() };

  constructor(private readonly readEvents: ReadEvents) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly view = (): UsageTrailView => this.#view;

  /** Notes what a live state says. Free while nobody looks. */
  take(state: RunState): void {
    if (this.#listeners.size === 0) return;
    const { lastSeq, lastEventAtMs } = state.lifecycle;
    if (lastEventAtMs !== null && this.#samples.keep({ seq: lastSeq, atMs: lastEventAtMs, usage: state.usage })) this.#changed();
  }

  /** The log says other figures now: it is read again, at once where somebody looks. */
  forget(): void {
    this.#samples.clear();
    this.#folded = { seq: 0, atMs: 0, usage: emptyUsage() };
    this.#changed(0);
    if (this.#listeners.size > 0) void this.read(this.#wanted);
  }

  /**
   * Reads the log up to `lastSeq`, from where it was read to before: nothing live is noted while nobody looks, and who leaves in the middle
   * stops the reading. A longer run than can be read keeps what live states say.
   */
  async read(lastSeq: number): Promise<void> {
    this.#wanted = Math.max(this.#wanted, lastSeq);
    if (this.#wanted > longestRead) {
      if (this.#view.readShare !== null) this.#changed(null);
      return;
    }
    if (this.#reading) return;
    this.#reading = true;
    try {
      while (this.#folded.seq < this.#wanted) {
        const from = this.#folded;
        const { events } = await this.readEvents({ from: from.seq + 1, limit: pageSize });
        if (this.#listeners.size === 0) return;
        if (this.#folded !== from) continue;
        if (events.length === 0) break;
        this.#fold(events.map(fromApiEvent), Math.max(1, Math.ceil(this.#wanted / mostSamples)));
        this.#changed(Math.min(1, this.#folded.seq / this.#wanted));
      }
      this.#changed(1);
    } catch {
      // The chart has fewer points; the tables beside it have the figures.
    } finally {
      this.#reading = false;
    }
  }

  #fold(events: readonly LoggedEvent[], batch: number): void {
    for (let first = 0; first < events.length; first += batch) {
      const next = events.slice(first, first + batch);
      const { atMs, usage } = this.#folded;
      const latestMs = next.reduce((latest, event) => Math.max(latest, event.occurredAtMs ?? event.receivedAtMs), atMs);
      this.#folded = { seq: next.at(-1)?.seq ?? this.#folded.seq, atMs: latestMs, usage: evolveUsage(usage, next) };
      this.#samples.keep(this.#folded);
    }
  }

  #changed(readShare = this.#view.readShare): void {
    this.#view = { samples: [...this.#samples.items], readShare };
    for (const listener of this.#listeners) listener();
  }
}
