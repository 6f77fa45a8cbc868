import { fromApiEvent } from "@/lib/core/api/convert";
import type { ApiEvent } from "@/lib/core/api/event";
import type { RunSummary } from "@/lib/core/api/run";
import { fold } from "@/lib/core/run/fold";
import { ApiError } from "../api/request";
import { type RunSnapshot, readEventPage } from "../api/run-parts";
import { readRun } from "../api/runs";
import { FrameQueue } from "../stream/frame-queue";
import type { FeedFrame } from "../stream/protocol";
import { streamClient } from "../stream/stream-client";
import { createCheckpoints } from "./checkpoints";
import { RunPast } from "./run-past";
import { openRun, RunRows, rowReads } from "./run-rows";
import { UsageTrail } from "./usage-trail";

const retryMs = 2_000;
const lingerMs = 2_000;
const noRows = { base: { spans: { rows: [] }, entries: { rows: [] } }, chunks: [] };

/** One run as this page holds it, folded live; shared by everybody on the page who asks for the run. */
export class RunStore {
  #snapshot: RunSnapshot;
  #stop: (() => void) | null = null;
  #lingering: ReturnType<typeof setTimeout> | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #eventListeners = new Set<(events: readonly ApiEvent[]) => void>();
  readonly #queue = new FrameQueue<ApiEvent>((events) => this.#takeEvents(events));
  readonly #checkpoints = createCheckpoints();
  #receivedSeq: number;
  /** The run as of its earlier events. */
  readonly past: RunPast;
  /** What the run had used over time. */
  readonly usage: UsageTrail;

  constructor(
    initial: RunSnapshot,
    private readonly onGone: () => void,
  ) {
    this.#snapshot = initial;
    this.#receivedSeq = initial.state.lifecycle.lastSeq;
    const runId = initial.run.id;
    const readEvents = (range: { from: number; limit: number }) => readEventPage(runId, range);
    const rows = new RunRows(rowReads(runId), initial.rows ?? noRows);
    this.past = new RunPast({ readEvents, readState: (seq) => rows.stateAt(seq) }, this.#checkpoints);
    this.#checkpoints.keep(initial.state);
    this.usage = new UsageTrail(readEvents);
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
    const stopFeed = streamClient().followFeed({ onFrames: (frames) => this.#takeFrames(frames), onStart: () => void this.#readHeader() });
    this.#unfollow = this.#follow();
    this.#stop = () => {
      stopFeed();
      this.#unfollow();
    };
  }

  #unfollow = () => {};
  /** Readings of the whole run; the latest begins it anew. */
  #readings = 0;

  #follow(): () => void {
    return streamClient().followRun(this.#snapshot.run.id, {
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
    if (state === this.#snapshot.state) return;
    this.#checkpoints.keep(state);
    this.usage.take(state);
    this.#set({ ...this.#snapshot, state });
  }

  #takeFrames(frames: readonly FeedFrame[]): void {
    const mine = frames.findLast((frame) => frame.run.id === this.#snapshot.run.id);
    if (mine) this.#takeHeader(mine.run);
  }

  #takeHeader(run: RunSummary): void {
    if (run.lastSeq < this.#snapshot.run.lastSeq) return;
    const isPricedAnew = (run.pricing ?? 0) > (this.#snapshot.run.pricing ?? 0);
    this.#set({ ...this.#snapshot, run });
    // The events' estimates are others now, so that every fold of them is void.
    if (isPricedAnew) void this.#readAgain();
  }

  /** The header is not folded here, and frames that came between its reading and our hearing of the feed are not repeated. */
  async #readHeader(): Promise<void> {
    const run = await readRun(this.#snapshot.run.id).catch(() => null);
    if (run && this.#isOpen()) this.#takeHeader(run);
  }

  /** Not followed meanwhile: the stream keeps a run's place as long as it is, which is ahead of what is read here. */
  async #readAgain(): Promise<void> {
    this.#unfollow();
    const reading = ++this.#readings;
    const isWanted = () => this.#isOpen() && reading === this.#readings;
    while (isWanted()) {
      const answer = await openRun(rowReads(this.#snapshot.run.id)).catch((cause: unknown) => cause);
      if (!isWanted() || isGone(answer)) return;
      if (isSnapshot(answer)) {
        this.#begin(answer);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }

  #begin(snapshot: RunSnapshot): void {
    this.#queue.clear();
    this.past.forget();
    this.usage.forget();
    this.#checkpoints.keep(snapshot.state);
    this.#receivedSeq = snapshot.state.lifecycle.lastSeq;
    this.#set(snapshot);
    this.#unfollow = this.#follow();
  }

  #isOpen(): boolean {
    return this.#stop !== null;
  }

  #set(snapshot: RunSnapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}

function isSnapshot(answer: unknown): answer is RunSnapshot {
  return typeof answer === "object" && answer !== null && !(answer instanceof Error);
}

/** Removed by retention, or another project's now: what the page shows is the last there is. */
function isGone(answer: unknown): boolean {
  return answer instanceof ApiError && answer.status >= 400 && answer.status < 500;
}

const stores = new Map<string, RunStore>();

/** The page's store of a run, begun from `initial` when there is none yet. `runId` is what the page calls it: our id or the sender's. */
export function runStore(runId: string, initial: RunSnapshot): RunStore {
  let store = stores.get(runId);
  if (!store) {
    store = new RunStore(initial, () => stores.delete(runId));
    stores.set(runId, store);
  }
  return store;
}

export function openRunStore(runId: string): RunStore | undefined {
  return stores.get(runId);
}
