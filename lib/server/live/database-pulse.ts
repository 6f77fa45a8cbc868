import type { Logger } from "pino";
import type { Pool } from "@/db/client";
import type { DatabaseClock } from "../database-clock";

type Options = {
  /** Its own pool, with one connection: others may use up all connections of a shared pool. */
  readonly pool: Pool;
  /** Receives the database's time. */
  readonly clock: DatabaseClock;
  readonly log: Logger;
  readonly everyMs?: number;
  readonly silentMs?: number;
};

/** A process that was busy itself finds the answer in the turns after the one that notices the timeout. */
const graceMs = 250;

/**
 * Detects a database that accepts queries but never answers: a frozen machine or disk, a network that swallows packets. That causes no
 * error by itself, and callers would wait for as long as it lasts. Sends one small query a second, for the time; silent = no answer for 5
 * s.
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

  /** Whether a query has been unanswered for too long. A database that refuses is not silent. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** The listener is called each time the database falls silent. */
  onSilent(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks for the time until the answer is precise: the first answer also includes the time to connect. */
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
      // The database answered, if with an error: other callers get the same.
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
      // One failing listener must not leave the others waiting for a silent database.
      try {
        listener();
      } catch (error) {
        this.#options.log.error({ err: error }, "waiting requests could not be told that the database does not answer");
      }
    }
  }
}
