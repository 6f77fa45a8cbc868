import { setImmediate as turn } from "node:timers/promises";
import type { Logger } from "pino";
import type { Pool } from "@/db/client";
import type { LoggedEvent } from "@/lib/core/events/logged";
import { RunFold } from "@/lib/core/run/fold";
import { chunkEndBefore, chunkEvents, pruneRun, runChunk } from "@/lib/core/run/run-window";
import type { Committed } from "../events/append/commit";
import type { CachedRun } from "../events/append/run-cache";
import { eventPages } from "../events/read";
import { dropOutdated, keptUpTo, type RunKey, readKept, readOutdated, runStart, writeKept } from "./kept-chunks";
import { RecentEvents } from "./recent-events";

/** Shorter runs are folded by their readers. */
const longRun = 4 * chunkEvents;
const mostWaiting = 1_000;

type KeptRun = RunKey & { readonly source: Pick<CachedRun["source"], "dialect"> };

/** The server is shutting down before a fold finished. */
class Stopping extends Error {}

/**
 * Folds long runs once, chunk by chunk, while they grow or when somebody reads them, and stores the result of each chunk. It holds
 * no long list: a run of a million events needs no more memory than one of ten thousand.
 */
export class RunKeeper {
  readonly #pool: Pool;
  readonly #log: Logger;
  /** Folds in progress, by run. */
  readonly #going = new Map<string, Promise<void>>();
  /** Long runs that grew, with the last known end. */
  readonly #grown = new Map<string, { readonly run: KeptRun; readonly upTo: number }>();
  readonly #noted = new Map<string, number>();
  readonly #recent = new RecentEvents();
  #working: Promise<void> | null = null;
  #stopped = false;

  constructor(options: { pool: Pool; log: Logger }) {
    this.#pool = options.pool;
    this.#log = options.log;
  }

  /** Refolds in the background what an earlier version folded, the latest first. */
  async start(): Promise<void> {
    for (const { run, lastSeq } of await readOutdated(this.#pool, mostWaiting))
      this.#grown.set(run.id, { run, upTo: chunkEndBefore(lastSeq) });
    this.#wake();
  }

  /** Continues folding long runs in the background. */
  committed({ runs }: Committed): void {
    for (const { run, lastSeq, events } of runs) {
      if (lastSeq < longRun) continue;
      this.#recent.keep(run.id, events);
      const upTo = chunkEndBefore(lastSeq);
      if (upTo <= (this.#noted.get(run.id) ?? 0)) continue;
      this.#noted.set(run.id, upTo);
      if (this.#noted.size > mostWaiting) this.#noted.delete(this.#noted.keys().next().value as string);
      if (this.#grown.size < mostWaiting) this.#grown.set(run.id, { run, upTo });
    }
    this.#wake();
  }

  /** Resolves when all chunks up to `upTo`, a chunk end, are stored. */
  async keep(run: KeptRun, upTo: number): Promise<void> {
    while (upTo > 0 && (await keptUpTo(this.#pool, run, upTo)) < upTo) {
      const key = `${run.id} ${run.pricing}`;
      let going = this.#going.get(key);
      if (!going) {
        going = this.#foldOn(run, upTo).finally(() => this.#going.delete(key));
        this.#going.set(key, going);
      }
      await going;
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#working;
  }

  #wake(): void {
    if (this.#grown.size > 0 && this.#working === null && !this.#stopped) this.#working = this.#work();
  }

  async #work(): Promise<void> {
    while (!this.#stopped) {
      const [first] = this.#grown;
      if (first === undefined) break;
      this.#grown.delete(first[0]);
      const { run, upTo } = first[1];
      await this.keep(run, upTo).catch((error: unknown) => {
        if (!(error instanceof Stopping)) this.#log.warn({ err: error, run: run.id }, "a run's state could not be computed in advance");
      });
    }
    this.#working = null;
  }

  async #foldOn(run: KeptRun, upTo: number): Promise<void> {
    let at = await keptUpTo(this.#pool, run, upTo);
    if (at === 0) await dropOutdated(this.#pool, run);
    let state = (await readKept(this.#pool, run, at)) ?? runStart;
    for (; at < upTo && !this.#stopped; at += chunkEvents) {
      const fold = new RunFold(state);
      const end = at + chunkEvents;
      for await (const events of readAhead(this.#pages(run, { from: at + 1, upTo: end }))) {
        fold.take(events);
        await turn();
      }
      const after = fold.settle();
      const chunk = { ...runChunk(state, after), seq: end };
      state = pruneRun(after);
      await writeKept(this.#pool, run, { state, chunk });
    }
    if (this.#stopped && at < upTo) throw new Stopping("the server is stopping");
  }

  async *#pages(run: KeptRun, { from, upTo }: { from: number; upTo: number }): AsyncGenerator<readonly LoggedEvent[]> {
    const recent = this.#recent.take(run.id, from, upTo - from + 1);
    if (recent) return yield recent;
    const ref = { projectId: run.projectId, runId: run.id, dialect: run.source.dialect };
    for await (const page of eventPages(this.#pool, ref, { from, upTo })) yield page.map(({ event }) => event);
  }
}

/** The same pages, each requested while the previous one is being processed. */
async function* readAhead<T>(pages: AsyncGenerator<T>): AsyncGenerator<T> {
  for (let next = pages.next(); ; ) {
    const { value, done } = await next;
    if (done) return;
    next = pages.next();
    // Awaited above; this only prevents an unhandled rejection in the meantime.
    next.catch(() => {});
    yield value;
  }
}
