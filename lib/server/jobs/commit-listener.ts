import { type Connection, openPool, type Pool } from "@/db/client";

type Options = {
  readonly connection: Connection;
  readonly channel: string;
  readonly heard: (payload: string) => void;
};

/**
 * Listens to a channel on a connection of its own, and can be made to begin anew. The driver listens again when its connection
 * closes, but not when that attempt is cut too, and it never learns of a network that swallows packets: so whether something still
 * comes is for the user to say, and then the connection is replaced whole.
 */
export class CommitListener {
  readonly #options: Options;
  #pool: Pool | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Done once the database listens; anything from an earlier connection that is still under way is dropped. */
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
