import type { Logger } from "pino";
import type { Pool } from "@/db/client";
import type { Hub } from "../live/hub";

const channel = "watchfloor_commits";
const pollMs = 2_000;

/**
 * Tells other processes of our commits and the hub of theirs. A notification carries only a project's id and is sent after
 * the commit, one at a time per project (a NOTIFY in every transaction costs up to two thirds of the throughput). The poll
 * makes up for any that is lost.
 */
export class CommitSignal {
  readonly #pool: Pool;
  readonly #hub: Hub;
  readonly #log: Logger;
  readonly #dirty = new Set<string>();
  #sending = false;
  #timer: NodeJS.Timeout | null = null;
  #unlisten: () => Promise<void> = async () => {};

  constructor(options: { pool: Pool; hub: Hub; log: Logger }) {
    this.#pool = options.pool;
    this.#hub = options.hub;
    this.#log = options.log;
  }

  async start(): Promise<void> {
    this.#timer = setInterval(() => void this.#poll(), pollMs);
    const { unlisten } = await this.#pool.listen(channel, (projectId) => void this.#poll(projectId));
    this.#unlisten = unlisten;
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#unlisten().catch(() => {});
  }

  committed(projectId: string): void {
    this.#dirty.add(projectId);
    if (!this.#sending) void this.#send();
  }

  async #send(): Promise<void> {
    this.#sending = true;
    while (this.#dirty.size > 0) {
      const projects = [...this.#dirty];
      this.#dirty.clear();
      // A lost notification costs two seconds, never an event.
      await this.#pool`select pg_notify(${channel}, p) from unnest(${projects}::text[]) p`.catch(() => {});
    }
    this.#sending = false;
  }

  async #poll(projectId?: string): Promise<void> {
    await this.#hub.poll(projectId).catch((error) => this.#log.debug({ err: error }, "poll failed"));
  }
}
