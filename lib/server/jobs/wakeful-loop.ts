import type { Logger } from "pino";

type Options = {
  readonly name: string;
  /** One piece of work; true when there is more right away. */
  readonly round: () => Promise<boolean>;
  /** How long to sleep when nobody wakes it. */
  readonly everyMs: number;
  readonly log: Logger;
};

/** Runs rounds one after the other: when woken, and periodically, because a wake-up may be lost. */
export class WakefulLoop {
  readonly #options: Options;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = true;

  constructor(options: Options) {
    this.#options = options;
  }

  start(): void {
    this.#stopped = false;
    this.#timer = setInterval(() => this.wake(), this.#options.everyMs);
    this.wake();
  }

  /** Does nothing before the start and after the end. */
  wake(): void {
    this.#again = true;
    if (this.#stopped || this.#running) return;
    this.#running = this.#run().finally(() => {
      this.#running = null;
      if (this.#again) this.wake();
    });
  }

  /** Stops after the current round. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearInterval(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        if (await this.#options.round()) this.#again = true;
      }
    } catch (error) {
      // The next beat retries; until then, wake-ups with a broken database would only spin.
      this.#again = false;
      this.#options.log.warn({ err: error, job: this.#options.name }, "job failed, it will be retried");
    }
  }
}
