import { randomUUID } from "node:crypto";
import { leaseMs, renewMs } from "../leases";
import { type ClaimedReplay, claimReplays, holdReplays } from "../replays/claim-replays";
import { runReplay } from "../replays/run-replay";
import type { Services } from "../services";
import { settledWithin } from "./settled-within";
import { WakefulLoop } from "./wakeful-loop";

const pollMs = 250;
const maxRunning = 8;
const stopWaitMs = 3_000;

type Context = Pick<Services, "pool" | "outbound" | "sealer" | "now" | "version" | "publicUrl" | "log">;

/** Continues the replays that are due. Safe in many processes: if one dies, another continues its replay after the lock expires. */
export class ReplayRunner {
  readonly #context: Context;
  readonly #id = randomUUID();
  readonly #running = new Map<string, Promise<void>>();
  readonly #loop: WakefulLoop;
  readonly #stop = { stopped: false };
  #renewal: NodeJS.Timeout | null = null;

  constructor(context: Context) {
    this.#context = context;
    this.#loop = new WakefulLoop({ name: "replays", round: () => this.#round(), everyMs: pollMs, log: context.log });
  }

  start(): void {
    this.#loop.start();
    this.#renewal = setInterval(() => void this.#renew().catch(() => {}), renewMs);
  }

  /** Continues what is due and resolves when all of it has ended or waits; for a process without the loop. */
  async runDue(): Promise<void> {
    while (await this.#round()) await Promise.all(this.#running.values());
  }

  async stop(): Promise<void> {
    this.#stop.stopped = true;
    await this.#loop.stop();
    // Do not wait for a slow receiver: another process continues its replay after the lock expires.
    await settledWithin(Promise.all(this.#running.values()), stopWaitMs);
    if (this.#renewal) clearInterval(this.#renewal);
  }

  async #round(): Promise<boolean> {
    const { pool, now } = this.#context;
    const limit = maxRunning - this.#running.size;
    if (limit <= 0 || this.#stop.stopped) return false;
    const claimed = await claimReplays(pool, { lockedBy: this.#id, nowMs: now(), lockMs: leaseMs, limit, held: [...this.#running.keys()] });
    for (const replay of claimed) this.#running.set(replay.id, this.#run(replay));
    return claimed.length > 0;
  }

  async #run(replay: ClaimedReplay): Promise<void> {
    try {
      await runReplay(this.#context, replay, this.#stop);
    } catch (error) {
      this.#context.log.warn({ err: error }, "replay stopped, it will continue when its lock expires");
    } finally {
      this.#running.delete(replay.id);
    }
  }

  async #renew(): Promise<void> {
    const ids = [...this.#running.keys()];
    await holdReplays(this.#context.pool, { ids, lockedBy: this.#id, untilMs: this.#context.now() + leaseMs });
  }
}
