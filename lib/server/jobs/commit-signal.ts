import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Pool } from "@/db/client";
import type { Hub } from "../live/hub";

const channel = "watchfloor_commits";
const pollMs = 2_000;
/** Between two notifications. Each is a transaction, a backend that wakes and a look at the log in every other process. */
const restMs = 20;

/**
 * Tells other processes of our commits and the hub of theirs. A notification carries a project's id and the sender's, and is sent
 * after the commit: at once when none was sent for a while, else with all that came in between (a NOTIFY in every transaction costs
 * up to two thirds of the throughput). The poll makes up for any that is lost.
 */
export class CommitSignal {
  readonly #pool: Pool;
  readonly #hub: Pick<Hub, "poll">;
  readonly #log: Logger;
  /** Our own notifications come back to us, who know already. */
  readonly #sender = randomUUID();
  readonly #dirty = new Set<string>();
  #resting = false;
  #timer: NodeJS.Timeout | null = null;
  #unlisten: () => Promise<void> = async () => {};

  constructor(options: { pool: Pool; hub: Pick<Hub, "poll">; log: Logger }) {
    this.#pool = options.pool;
    this.#hub = options.hub;
    this.#log = options.log;
  }

  async start(): Promise<void> {
    this.#timer = setInterval(() => void this.#poll(), pollMs);
    const { unlisten } = await this.#pool.listen(channel, (payload) => {
      const [projectId = "", sender] = payload.split(" ");
      if (sender !== this.#sender) void this.#poll(projectId);
    });
    this.#unlisten = unlisten;
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#send();
    await this.#unlisten().catch(() => {});
  }

  committed(projectId: string): void {
    this.#dirty.add(projectId);
    if (!this.#resting) void this.#sendAndRest();
  }

  async #sendAndRest(): Promise<void> {
    this.#resting = true;
    await this.#send();
    setTimeout(() => {
      this.#resting = false;
      if (this.#dirty.size > 0) void this.#sendAndRest();
    }, restMs).unref();
  }

  async #send(): Promise<void> {
    if (this.#dirty.size === 0) return;
    const payloads = [...this.#dirty].map((projectId) => `${projectId} ${this.#sender}`);
    this.#dirty.clear();
    // A lost notification costs two seconds, never an event.
    await this.#pool`select pg_notify(${channel}, p) from unnest(${payloads}::text[]) p`.catch(() => {});
  }

  async #poll(projectId?: string): Promise<void> {
    await this.#hub.poll(projectId).catch((error) => this.#log.debug({ err: error }, "poll failed"));
  }
}
