import type { Logger } from "pino";
import type { Pool } from "@/db/client";
import type { DatabaseClock } from "../database-clock";

type Options = {
  /** Of its own, with one connection: a pool that others use may have them all taken. */
  readonly pool: Pool;
  /** Is told the database's time. */
  readonly clock: DatabaseClock;
  readonly log: Logger;
  readonly everyMs?: number;
  readonly silentMs?: number;
};

/** A process that was busy itself finds the answer in the turns after the one in which it finds that time is up. */
const graceMs = 250;

/**
 * Notices a database that is there and answers nothing: a frozen machine or disk, a network that swallows packets. No error comes of
 * that by itself, and whoever asks would wait for as long as it lasts. One small question a second; silent = no answer for 5 s. What it asks
 * is the time.
 */
export class DatabasePulse {
  readonly #options: Required<Options>;
  readonly #listeners = new Set<() => void>();
  #timer: NodeJS.Timeout | null = null;
  #isSilent = false;
  #stopped = false;

  constructor(options: Options) {
    this.#options = { everyMs: 1_000, silentMs: 5_000, ...options };
  }

  /** Whether a question has been out for too long. A database that refuses is not silent. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** Called each time that the database falls silent. */
  onSilent(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks for the time until an answer is sharp: the first one also tells how long connecting takes. */
  async tellClock(): Promise<void> {
    for (let n = 0; n < 2; n += 1) await this.#ask();
  }

  start(): void {
    this.#timer = setTimeout(() => void this.#beat(), this.#options.everyMs).unref();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#options.pool.end({ timeout: 1 });
  }

  async #ask(): Promise<void> {
    const { pool, clock } = this.#options;
    const { upMs } = clock;
    const [row] = await pool<{ ms: number }[]>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`;
    if (row) clock.hear(row.ms, upMs);
  }

  async #beat(): Promise<void> {
    const { silentMs, log } = this.#options;
    let late = setTimeout(() => {
      late = setTimeout(() => this.#fallSilent(), graceMs).unref();
    }, silentMs).unref();
    try {
      await this.#ask();
    } catch {
      // It said something: whoever asks it hears the same.
    }
    clearTimeout(late);
    if (this.#isSilent) log.warn("the database answers again");
    this.#isSilent = false;
    if (!this.#stopped) this.start();
  }

  #fallSilent(): void {
    if (this.#stopped) return;
    this.#isSilent = true;
    this.#options.log.warn({ silentMs: this.#options.silentMs }, "the database does not answer");
    for (const listener of this.#listeners) {
      // What one cannot do must not keep the others waiting for a database that says nothing.
      try {
        listener();
      } catch (error) {
        this.#options.log.error({ err: error }, "waiting requests could not be told that the database does not answer");
      }
    }
  }
}
