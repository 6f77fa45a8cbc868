import type { Logger } from "pino";
import type { Pool } from "@/db/client";
import type { BudgetBook } from "../../budgets/budget-book";
import { DomainError } from "../../errors";
import { type Batch, type Committed, commitBatch } from "./commit";
import type { AppendRequest, AppendResult } from "./request";
import { RunCache, runKey } from "./run-cache";

export type AppenderLimits = {
  /** Events and bytes that may wait; beyond this, requests are refused with 503. */
  readonly queuedEvents: number;
  readonly queuedBytes: number;
  /** Events and bytes per transaction. */
  readonly batchEvents: number;
  readonly batchBytes: number;
  readonly inFlight: number;
  /**
   * A second batch is sent behind another when the events waiting are half as many as those in flight or reach `behindEvents`, or when the
   * other takes longer than `behindMs`: fewer, fuller batches cost less, but a database waiting for its next batch costs more.
   */
  readonly behindEvents: number;
  readonly behindMs: number;
};

export const defaultLimits: AppenderLimits = {
  queuedEvents: 50_000,
  queuedBytes: 64 * 1024 * 1024,
  batchEvents: 1_000,
  batchBytes: 8 * 1024 * 1024,
  inFlight: 2,
  behindEvents: 256,
  behindMs: 10,
};

type Waiting = {
  readonly request: AppendRequest;
  readonly keys: readonly string[];
  readonly bytes: number;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
};

type AppenderOptions = {
  /** For transactions, and for lookups before a batch. */
  readonly pool: Pool;
  /** For single-statement batches. With one connection, the database has the next batch at hand when it finishes the last. */
  readonly line: Pool;
  readonly log: Logger;
  readonly now: () => number;
  readonly budgets: (projectId: string) => Promise<BudgetBook>;
  readonly committed: (batch: Committed) => void;
  readonly limits?: Partial<AppenderLimits>;
};

/**
 * One per process. Requests that arrive together are committed together; a request's promise settles after COMMIT. A run is never in two
 * transactions of this process at once, so requests of one run commit in order of arrival.
 */
export class Appender {
  readonly cache = new RunCache();
  readonly #options: AppenderOptions;
  readonly #limits: AppenderLimits;
  /** Keys of the runs of each batch in flight. */
  readonly #busyRuns: (readonly string[])[] = [];
  #queue: Waiting[] = [];
  #events = 0;
  #bytes = 0;
  #inFlight = 0;
  #eventsInFlight = 0;
  /** Batches in flight, and those whose senders have not been answered yet. */
  #unanswered = 0;
  #impatience: NodeJS.Timeout | null = null;
  #scheduled = false;
  #draining: (() => void)[] = [];
  #room: (() => void)[] = [];

  constructor(options: AppenderOptions) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
  }

  get queued(): { events: number; bytes: number } {
    return { events: this.#events, bytes: this.#bytes };
  }

  /**
   * Stores the events; resolves after COMMIT. Rejects with DomainError overloaded when the queue is full (unless `patient`: the caller
   * waited for room and holds its sender back), and with the driver's error when the database is gone.
   */
  append(request: AppendRequest, options: { patient?: boolean } = {}): Promise<AppendResult> {
    if (this.#full() && !options.patient) {
      return Promise.reject(
        new DomainError("overloaded", "Too many events are waiting to be stored.", {
          retryAfterSeconds: 1,
          hint: "Retry the same request after the pause.",
        }),
      );
    }
    const keys = [...new Set(request.events.map((event) => runKey(request.source.id, event.run.externalId)))];
    const bytes = request.events.reduce((sum, event) => sum + event.rawText.length + 200, 0);
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, keys, bytes, resolve, reject });
      this.#events += request.events.length;
      this.#bytes += bytes;
      this.#schedule();
    });
  }

  /** For bodies that can be held back at the socket: resolves when there is room in the queue. */
  async room(): Promise<void> {
    while (this.#full()) await new Promise<void>((resolve) => this.#room.push(resolve));
  }

  /** Resolves when everything accepted so far is committed. */
  drain(): Promise<void> {
    if (this.#queue.length === 0 && this.#unanswered === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#draining.push(resolve);
    });
  }

  get #context() {
    const { pool, line, now, budgets } = this.#options;
    return { pool, line, now, budgets, cache: this.cache };
  }

  #full(): boolean {
    return this.#events >= this.#limits.queuedEvents || this.#bytes >= this.#limits.queuedBytes;
  }

  // One turn of the event loop gathers what the sockets delivered together.
  #schedule(): void {
    if (this.#scheduled || this.#inFlight >= this.#limits.inFlight) return;
    const { behindEvents, behindMs } = this.#limits;
    if (this.#inFlight > 0 && this.#events - this.#eventsInFlight < Math.min(behindEvents, this.#eventsInFlight / 2)) {
      this.#impatience ??= setTimeout(() => this.#flush(), behindMs);
      return;
    }
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#impatience) clearTimeout(this.#impatience);
    this.#impatience = null;
    while (this.#inFlight < this.#limits.inFlight) {
      const taken = this.#take();
      if (taken.length === 0) return;
      this.#inFlight += 1;
      this.#unanswered += 1;
      this.#eventsInFlight += eventsOf(taken);
      void this.#commit(taken);
    }
  }

  #take(): Waiting[] {
    const taken: Waiting[] = [];
    const left: Waiting[] = [];
    // The runs of a request that stays behind are also held back: a later request of the same run must not overtake it.
    const held = new Set(this.#busyRuns.flat());
    let events = 0;
    let bytes = 0;
    for (const [index, waiting] of this.#queue.entries()) {
      const fits =
        taken.length === 0 ||
        (events + waiting.request.events.length <= this.#limits.batchEvents && bytes + waiting.bytes <= this.#limits.batchBytes);
      if (!fits) {
        for (let rest = index; rest < this.#queue.length; rest++) left.push(this.#queue[rest] as Waiting);
        break;
      }
      const sameProject = taken[0] === undefined || taken[0].request.projectId === waiting.request.projectId;
      if (sameProject && !waiting.keys.some((key) => held.has(key))) {
        taken.push(waiting);
        events += waiting.request.events.length;
        bytes += waiting.bytes;
      } else {
        left.push(waiting);
        for (const key of waiting.keys) held.add(key);
      }
    }
    this.#queue = left;
    return taken;
  }

  async #commit(taken: readonly Waiting[]): Promise<void> {
    const keys = taken.flatMap((waiting) => waiting.keys);
    this.#busyRuns.push(keys);
    const batch: Batch = { projectId: (taken[0] as Waiting).request.projectId, requests: taken.map((waiting) => waiting.request) };
    try {
      const { results, committed } = await commitBatch(this.#context, batch);
      this.#release(taken, keys);
      // Send the database its next batch, with everything that arrived meanwhile, before answering this one.
      if (this.#queue.length > 0) this.#schedule();
      setImmediate(() => {
        this.#tell(taken, { results, committed });
        this.#answered();
      });
    } catch (error) {
      this.cache.forget(keys);
      await this.#failed(taken, error);
      this.#release(taken, keys);
      this.#answered();
      if (this.#queue.length > 0) this.#schedule();
    }
  }

  #tell(taken: readonly Waiting[], { results, committed }: Awaited<ReturnType<typeof commitBatch>>): void {
    for (const [index, waiting] of taken.entries()) waiting.resolve(results[index] as AppendResult);
    // A listener's exception is not a failed commit, and nothing above would catch it: it would end the process.
    try {
      this.#options.committed(committed);
    } catch (error) {
      this.#options.log.error({ err: error }, "a commit could not be announced");
    }
  }

  #answered(): void {
    this.#unanswered -= 1;
    if (this.#unanswered > 0 || this.#queue.length > 0) return;
    for (const resolve of this.#draining.splice(0)) resolve();
  }

  // A request that the database refuses, or that deadlocks with another (class 40), must not fail its neighbours: each is retried alone.
  async #failed(taken: readonly Waiting[], error: unknown): Promise<void> {
    this.#options.log.warn({ err: error, requests: taken.length }, "append failed");
    const refused = /^(?:2[23]|4[02]|XX|P0)/.test(String((error as { code?: unknown } | null)?.code ?? ""));
    if (taken.length === 1 || !refused) {
      for (const waiting of taken) waiting.reject(error);
      return;
    }
    for (const waiting of taken) {
      try {
        const alone: Batch = { projectId: waiting.request.projectId, requests: [waiting.request] };
        this.#tell([waiting], await commitBatch(this.#context, alone));
      } catch (alone) {
        this.cache.forget(waiting.keys);
        waiting.reject(alone);
      }
    }
  }

  #release(taken: readonly Waiting[], keys: readonly string[]): void {
    this.#busyRuns.splice(this.#busyRuns.indexOf(keys), 1);
    for (const waiting of taken) {
      this.#events -= waiting.request.events.length;
      this.#bytes -= waiting.bytes;
    }
    this.#inFlight -= 1;
    this.#eventsInFlight -= eventsOf(taken);
    for (const resume of this.#room.splice(0)) resume();
  }
}

function eventsOf(taken: readonly Waiting[]): number {
  return taken.reduce((sum, waiting) => sum + waiting.request.events.length, 0);
}
