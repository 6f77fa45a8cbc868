import { type Connection, openPool, type Pool } from "@/db/client";

type Options = {
  readonly connection: Connection;
  readonly channel: string;
  readonly heard: (payload: string) => void;
};

/**
 * Listens to a channel on its own connection and can be restarted. The driver listens again when its connection closes, but not when that
 * attempt is cut too, and it never notices a network that swallows packets. So the user decides whether notifications still arrive; the
 * connection is then replaced entirely.
 */
export class CommitListener {
  readonly #options: Options;
  #pool: Pool | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Resolves once the database listens; anything still under way from an earlier connection is dropped. */
  async start(): Promise<void> {
    const before = this.#pool;
    const pool = openPool(this.#options.connection, { max: 1, name: "listen" });
    this.#pool = pool;
    await before?.end({ timeout: 0 });
    await pool.listen(this.#options.channel, (payload) => {
      if (this.#pool === pool) this.#options.heard(payload);
    });
  }

  async stop(): Promise<void> {
    const pool = this.#pool;
    this.#pool = null;
    await pool?.end({ timeout: 0 });
  }
}
