import type { Pool } from "@/db/client";

/**
 * The environment of each source, across all projects. Every line of every list shows it, so all of it is in memory: there are few
 * sources, and fewer with an environment. Changes by other processes take effect at the next read (jobs/upkeep.ts).
 */
export class Environments {
  readonly #pool: Pool;
  #known: ReadonlyMap<string, string> = new Map();
  #readings = 0;
  #newest = 0;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Null if it is not set. */
  of(sourceId: string): string | null {
    return this.#known.get(sourceId) ?? null;
  }

  /** Reloads them; a lookup after it resolves sees the result. */
  async renew(): Promise<void> {
    const n = ++this.#readings;
    const rows = await this.#pool<{ id: string; environment: string }[]>`select id, environment from sources where environment is not null`;
    // A later read finished first and may have seen a change that this one was too early for.
    if (n < this.#newest) return;
    this.#newest = n;
    this.#known = new Map(rows.map(({ id, environment }) => [id, environment]));
  }
}
