import { fromApiEvent } from "@/lib/core/api/convert";
import type { ApiEvent } from "@/lib/core/api/event";
import { fold } from "@/lib/core/run/fold";
import { type RunSnapshot, readRunSnapshot } from "../api/runs";
import { FrameQueue } from "../stream/frame-queue";
import type { FeedFrame } from "../stream/protocol";
import { streamClient } from "../stream/stream-client";

const retryMs = 2_000;
const lingerMs = 2_000;

/** One run as this page holds it, folded live; shared by everybody on the page who asks for the run. */
export class RunStore {
  #snapshot: RunSnapshot;
  #stop: (() => void) | null = null;
  #lingering: ReturnType<typeof setTimeout> | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #eventListeners = new Set<(events: readonly ApiEvent[]) => void>();
  readonly #queue = new FrameQueue<ApiEvent>((events) => this.#takeEvents(events));
  #receivedSeq: number;

  constructor(
    readonly runId: string,
    initial: RunSnapshot,
    private readonly onGone: () => void,
  ) {
    this.#snapshot = initial;
    this.#receivedSeq = initial.state.lifecycle.lastSeq;
  }

  readonly getSnapshot = (): RunSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#lingering = setTimeout(() => this.#end(), lingerMs);
    };
  };

  /** Hears the events themselves, in order, once each, as they are folded. */
  onEvents(listener: (events: readonly ApiEvent[]) => void): () => void {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  }

  #start(): void {
    if (this.#lingering !== null) clearTimeout(this.#lingering);
    this.#lingering = null;
    if (this.#stop) return;
    const stopFeed = streamClient().followFeed({ onFrames: (frames) => this.#takeFrames(frames), onStart: () => {} });
    let stopRun = this.#follow();
    this.#stop = () => {
      stopFeed();
      stopRun();
    };
    this.#refollow = () => {
      stopRun = this.#follow();
    };
  }

  #refollow = () => {};

  #follow(): () => void {
    return streamClient().followRun(this.runId, {
      lastSeq: () => this.#receivedSeq,
      onEvents: (events) => {
        this.#receivedSeq = Math.max(this.#receivedSeq, events.at(-1)?.seq ?? 0);
        this.#queue.push(events);
      },
      onReset: () => void this.#readAgain(),
    });
  }

  #end(): void {
    this.#stop?.();
    this.#stop = null;
    this.#queue.clear();
    this.onGone();
  }

  #takeEvents(events: readonly ApiEvent[]): void {
    const state = fold(this.#snapshot.state, events.map(fromApiEvent));
    for (const listener of this.#eventListeners) listener(events);
    if (state !== this.#snapshot.state) this.#set({ ...this.#snapshot, state });
  }

  #takeFrames(frames: readonly FeedFrame[]): void {
    const mine = frames.findLast((frame) => frame.run.id === this.#snapshot.run.id);
    if (mine && mine.run.lastSeq >= this.#snapshot.run.lastSeq) this.#set({ ...this.#snapshot, run: mine.run });
  }

  async #readAgain(): Promise<void> {
    while (this.#isOpen()) {
      const snapshot = await readRunSnapshot(this.runId).catch(() => null);
      if (snapshot && this.#isOpen()) {
        this.#queue.clear();
        this.#receivedSeq = snapshot.state.lifecycle.lastSeq;
        this.#set(snapshot);
        this.#refollow();
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }

  #isOpen(): boolean {
    return this.#stop !== null;
  }

  #set(snapshot: RunSnapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}

const stores = new Map<string, RunStore>();

/** The page's store of a run, begun from `initial` when there is none or when `initial` is further on. */
export function runStore(runId: string, initial: RunSnapshot): RunStore {
  let store = stores.get(runId);
  if (!store) {
    store = new RunStore(runId, initial, () => stores.delete(runId));
    stores.set(runId, store);
  }
  return store;
}

export function openRunStore(runId: string): RunStore | undefined {
  return stores.get(runId);
}
