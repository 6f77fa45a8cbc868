import { randomUUID } from "node:crypto";
import { inArray, sql } from "drizzle-orm";
import { repricings } from "@/db/schema";
import { leaseMs, renewMs } from "../leases";
import type { RepricingRow } from "../prices/repricing-row";
import { runRepricing } from "../prices/run-repricing";
import type { Services } from "../services";
import { WakefulLoop } from "./wakeful-loop";

const everyMs = 500;

type Context = Pick<Services, "pool" | "db" | "now" | "hub" | "log">;

/**
 * Counts and applies repricings, one after the other. Safe in many processes: if one dies, another continues its repricing; a failed
 * repricing is retried after the others.
 */
export class Repricer {
  readonly #context: Context;
  readonly #id = randomUUID();
  readonly #loop: WakefulLoop;
  readonly #stop = { stopped: false };

  constructor(context: Context) {
    this.#context = context;
    this.#loop = new WakefulLoop({ name: "re-pricing", round: () => this.round(), everyMs, log: context.log });
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    this.#stop.stopped = true;
    await this.#loop.stop();
  }

  /** One phase of one repricing; false when there is nothing to do. */
  async round(): Promise<boolean> {
    const claimed = await this.#claim();
    if (!claimed) return false;
    const renewal = setInterval(() => void this.#renew(claimed).catch(() => {}), renewMs);
    try {
      await runRepricing(this.#context, claimed, { lockedBy: this.#id, stop: this.#stop });
    } finally {
      clearInterval(renewal);
    }
    return !this.#stop.stopped;
  }

  async #claim(): Promise<RepricingRow | undefined> {
    const { db, now } = this.#context;
    const nowMs = now();
    const due = sql`(
      select ${repricings.projectId}, ${repricings.id} from ${repricings}
      where ${inArray(repricings.status, ["counting", "applying"])}
        and (${repricings.lockedUntilMs} is null or ${repricings.lockedUntilMs} <= ${nowMs} or ${repricings.lockedBy} = ${this.#id})
      order by ${repricings.lockedUntilMs} nulls first, ${repricings.createdAtMs} limit 1 for update skip locked)`;
    const [row] = await db
      .update(repricings)
      .set({ lockedBy: this.#id, lockedUntilMs: nowMs + leaseMs })
      .where(sql`(${repricings.projectId}, ${repricings.id}) in ${due}`)
      .returning();
    return row;
  }

  async #renew({ projectId, id }: RepricingRow): Promise<void> {
    const { pool, now } = this.#context;
    await pool`update repricings set locked_until_ms = ${now() + leaseMs} where project_id = ${projectId} and id = ${id} and locked_by = ${this.#id}`;
  }
}
