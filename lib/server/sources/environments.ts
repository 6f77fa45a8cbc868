import type { Pool } from "@/db/client";

/**
 * In which environment each source is, of all projects. Every line of every list says it, so it stands in memory whole: there are few
 * sources, and fewer that say one. What another process changed counts with the next reading (jobs/upkeep.ts).
 */
export class Environments {
  readonly #pool: Pool;
  #known: ReadonlyMap<string, string> = new Map();
  #readings = 0;
  #newest = 0;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Null where nobody has said. */
  of(sourceId: string): string | null {
    return this.#known.get(sourceId) ?? null;
  }

  /** Reads them; whoever asks after it resolved knows what it found. */
  async renew(): Promise<void> {
    const n = ++this.#readings;
    const rows = await this.#pool<{ id: string; environment: string }[]>`select id, environment from sources where environment is not null`;
    // One that began later was faster: it may know of a change that this one was too early for.
    if (n < this.#newest) return;
    this.#newest = n;
    this.#known = new Map(rows.map(({ id, environment }) => [id, environment]));
  }
}
