import { emptyRun, fold } from "@/lib/core/run/fold";
import type { RunState } from "@/lib/core/run/state";
import type { Checkpoints } from "./checkpoints";
import { EventChunks, type ReadEvents } from "./event-chunks";

/** More events than this are not read and folded while the reader waits: what is kept of the run gives the state. */
const farEvents = 1_000;
const aheadEvents = 500;

export type PastReads = { readonly readEvents: ReadEvents; readonly readState: (seq: number) => Promise<RunState> };

export type PastView = {
  /** The state as of `shownSeq`; null until the first one is here. */
  readonly state: RunState | null;
  readonly shownSeq: number | null;
  /** Another position is on its way. */
  readonly isLoading: boolean;
  readonly error: Error | null;
};

export const nothingShown: PastView = { state: null, shownSeq: null, isLoading: false, error: null };

/** A run as of any of its events: the nearest state kept before it, and the same fold from there. */
export class RunPast {
  #chunks: EventChunks;
  readonly #listeners = new Set<() => void>();
  #view = nothingShown;
  #wanted: number | null = null;
  #working = false;

  constructor(
    private readonly reads: PastReads,
    private readonly checkpoints: Checkpoints,
  ) {
    this.#chunks = new EventChunks(reads.readEvents);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly view = (): PastView => this.#view;

  /** Shows the run as of `seq`. Of several asked for while one is being folded only the latest is shown. */
  show(seq: number): void {
    if (this.#wanted === seq && this.#view.error === null) return;
    this.#wanted = seq;
    void this.#work();
  }

  /** Lets go of what is shown. */
  leave(): void {
    this.#wanted = null;
    this.#set(nothingShown);
  }

  /** The log says other figures now: what was read of it is void. What is shown is shown anew. */
  forget(): void {
    this.#chunks = new EventChunks(this.reads.readEvents);
    this.checkpoints.clear();
    this.#set({ ...this.#view, shownSeq: null });
    if (this.#wanted !== null) void this.#work();
  }

  /** The fold of the log up to `seq`. */
  async stateAt(seq: number): Promise<RunState> {
    const base = this.#baseOf(seq);
    if (seq - base.lifecycle.lastSeq > farEvents) return this.reads.readState(seq);
    return fold(base, await this.#chunks.between(base.lifecycle.lastSeq + 1, seq));
  }

  /** When the event happened, by the sender's clock where it has one; undefined = not read yet, null = gone from the log. */
  timeOf(seq: number): number | null | undefined {
    const event = this.#chunks.peek(seq);
    return event ? (event.occurredAtMs ?? event.receivedAtMs) : event;
  }

  /** Has the events after `seq` read, so that `timeOf` knows them. */
  readAhead(seq: number, lastSeq: number): void {
    const last = Math.min(lastSeq, seq + aheadEvents);
    void this.#chunks.between(seq, last).catch(() => {});
  }

  #baseOf(seq: number): RunState {
    const kept = this.checkpoints.before(seq) ?? emptyRun();
    const shown = this.#view.shownSeq === null ? null : this.#view.state;
    const isNearer = shown !== null && shown.lifecycle.lastSeq <= seq && shown.lifecycle.lastSeq > kept.lifecycle.lastSeq;
    return isNearer ? shown : kept;
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    for (let seq = this.#wanted; seq !== null && seq !== this.#view.shownSeq; seq = this.#wanted) {
      this.#set({ ...this.#view, isLoading: true, error: null });
      const chunks = this.#chunks;
      const isVoid = () => chunks !== this.#chunks;
      try {
        const state = await this.stateAt(seq);
        if (isVoid()) continue;
        if (this.#wanted !== null) this.#set({ ...this.#view, state, shownSeq: seq, isLoading: false });
      } catch (cause) {
        if (this.#wanted !== seq || isVoid()) continue;
        this.#set({ ...this.#view, isLoading: false, error: cause instanceof Error ? cause : new Error(String(cause)) });
        break;
      }
    }
    this.#working = false;
  }

  #set(view: PastView): void {
    this.#view = view;
    for (const listener of this.#listeners) listener();
  }
}
