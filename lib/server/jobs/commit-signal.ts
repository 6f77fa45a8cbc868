import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Connection, Pool } from "@/db/client";
import type { Hub } from "../live/hub";
import { CommitListener } from "./commit-listener";

const channel = "watchfloor_commits";
/** Pause between notifications. Each one costs a transaction, a backend wake-up and a look at the log in every other process. */
const restMs = 20;

type Options = {
  readonly pool: Pool;
  readonly connection: Connection;
  readonly hub: Pick<Hub, "poll">;
  readonly log: Logger;
  readonly beatMs?: number;
};

/**
 * Tells other processes about our commits, and the hub about theirs. A notification carries the sender's id and a project's, and is sent
 * after the commit: at once if none was sent recently, otherwise together with all that came in between (a NOTIFY in every transaction
 * costs up to two thirds of the throughput). Every beat checks for whatever a lost notification would have told, and sends one without a
 * project: if it has not come back by the next beat, the listening connection is replaced.
 */
export class CommitSignal {
  readonly #options: Options;
  readonly #listener: CommitListener;
  /** Identifies our own notifications when they come back, so that we can ignore them. */
  readonly #sender = randomUUID();
  readonly #dirty = new Set<string>();
  #resting = false;
  #timer: NodeJS.Timeout | null = null;
  /** The current beat. */
  #beat: Promise<void> | null = null;
  /** Whether our last beat is on its way back to us. */
  #isAwaited = false;
  /** Polls under way, by project ("" = all), and whether a notification arrived meanwhile. */
  readonly #looks = new Map<string, { isBehind: boolean }>();

  constructor(options: Options) {
    this.#options = options;
    this.#listener = new CommitListener({ connection: options.connection, channel, heard: (payload) => this.#hear(payload) });
  }

  async start(): Promise<void> {
    await this.#listener.start();
    this.#timer = setInterval(() => {
      void this.#poll();
      this.#beat ??= this.#checkListener().finally(() => {
        this.#beat = null;
      });
    }, this.#options.beatMs ?? 2_000);
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#send();
    await this.#beat;
    await this.#listener.stop();
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
    const projects = [...this.#dirty];
    this.#dirty.clear();
    // A lost notification costs two seconds, never an event.
    await this.#notify(projects).catch(() => {});
  }

  async #notify(projects: readonly string[]): Promise<void> {
    const payloads = projects.map((projectId) => `${this.#sender} ${projectId}`);
    await this.#options.pool`select pg_notify(${channel}, p) from unnest(${payloads}::text[]) p`;
  }

  #hear(payload: string): void {
    const [sender, projectId = ""] = payload.split(" ");
    if (sender === this.#sender) this.#isAwaited = false;
    else if (projectId !== "") void this.#poll(projectId);
  }

  async #checkListener(): Promise<void> {
    try {
      if (this.#isAwaited) {
        this.#options.log.warn("missed commits of other processes, listening again");
        await this.#listener.start();
      }
      this.#isAwaited = true;
      await this.#notify([""]);
    } catch (error) {
      // Without a database there is nothing to hear; the next beat checks the listener again.
      this.#options.log.debug({ err: error }, "no heartbeat");
    }
  }

  /** One poll at a time: with a slow database they would pile up and slow down everything else. */
  async #poll(projectId = ""): Promise<void> {
    const { hub, log } = this.#options;
    const going = this.#looks.get(projectId);
    if (going) {
      going.isBehind = true;
      return;
    }
    const look = { isBehind: true };
    this.#looks.set(projectId, look);
    while (look.isBehind) {
      look.isBehind = false;
      await hub.poll(projectId || undefined).catch((error) => log.debug({ err: error }, "poll failed"));
    }
    this.#looks.delete(projectId);
  }
}
