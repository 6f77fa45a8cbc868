import { randomUUID } from "node:crypto";
import { afterAttempt, afterCall } from "@/lib/core/webhooks/schedule";
import { leaseMs, renewMs } from "../leases";
import type { Services } from "../services";
import { attemptDelivery, type ClaimedDelivery } from "../webhooks/attempt-delivery";
import { activeReceivers, claimDeliveries, holdDeliveries } from "../webhooks/claim-deliveries";
import { type FinishedDelivery, finishDeliveries, isReported } from "../webhooks/finish-deliveries";
import { type Report, reportDeliveries } from "../webhooks/report-deliveries";
import { settledWithin } from "./settled-within";
import { WakefulLoop } from "./wakeful-loop";
import { type LaneLimits, WebhookLanes } from "./webhook-lanes";

const pollMs = 500;
const stopWaitMs = 3_000;

/** A delivery that this worker holds, and until when nobody else may take it. */
type Held = { readonly delivery: ClaimedDelivery; lockedUntilMs: number };

type Context = Pick<Services, "pool" | "appender" | "sources" | "outbound" | "mailer" | "sealer" | "now" | "version" | "log">;

/**
 * Sends what is due. Any number of processes may run one: a delivery is locked by the worker that holds it. No delivery begins if its lock
 * expired while the database was unreachable, and the lock is checked again when the outcome is written, so no attempt is made or counted
 * twice while its worker lives.
 */
export class WebhookSender {
  readonly #context: Context;
  readonly #lanes: WebhookLanes;
  readonly #id = randomUUID();
  readonly #held = new Map<string, Held>();
  readonly #claims: WakefulLoop;
  readonly #writes: WakefulLoop;
  readonly #reports: WakefulLoop;
  #finished: FinishedDelivery[] = [];
  #unreported: Report[] = [];
  #renewal: NodeJS.Timeout | null = null;
  /** The renewal under way. */
  #renewing: Promise<void> | null = null;
  #writing: Promise<void> = Promise.resolve();
  #stopping = false;
  #idle: (() => void)[] = [];

  constructor(context: Context, limits: Partial<LaneLimits> = {}) {
    this.#context = context;
    this.#lanes = new WebhookLanes(limits);
    const { log } = context;
    this.#claims = new WakefulLoop({ name: "webhook claims", round: () => this.#claim(), everyMs: pollMs, log });
    this.#writes = new WakefulLoop({ name: "webhook outcomes", round: () => this.#write(), everyMs: pollMs, log });
    this.#reports = new WakefulLoop({ name: "webhook reports", round: () => this.#report(), everyMs: pollMs, log });
  }

  start(): void {
    this.#claims.start();
    this.#writes.start();
    this.#reports.start();
    this.#renewal = setInterval(() => void this.#renew().catch(() => {}), renewMs);
  }

  /** Something may be due. */
  wake(): void {
    this.#claims.wake();
  }

  /** Sends everything that is due now and resolves when the outcomes are written; for a process without the loops. */
  async sendDue(): Promise<void> {
    while (await this.#claim()) await this.settled();
    await this.settled();
  }

  /** Resolves when nothing is under way and every outcome is written. */
  async settled(): Promise<void> {
    while (this.#held.size > 0) {
      if (this.#lanes.running > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
      else await this.#renewing;
      await this.#writing;
      await this.#write();
    }
    await this.#report();
  }

  /** Gives back what has not begun and waits briefly for what has; another worker sends the rest again after its lock expires. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#claims.stop();
    const deliveries = this.#lanes.giveBack();
    for (const { id } of deliveries) this.#held.delete(id);
    await holdDeliveries(this.#context.pool, { deliveries, lockedBy: this.#id, untilMs: 0 }).catch(() => {});
    await settledWithin(this.settled(), stopWaitMs);
    if (this.#renewal) clearInterval(this.#renewal);
    await this.#writes.stop();
    await this.#reports.stop();
  }

  /** True if anything was claimed. */
  async #claim(): Promise<boolean> {
    const { pool, now } = this.#context;
    const rooms = this.#lanes.rooms(await activeReceivers(pool));
    if (rooms.length === 0) return false;
    const nowMs = now();
    const claimed = await claimDeliveries(pool, { rooms, lockedBy: this.#id, nowMs, lockMs: leaseMs, held: this.#held });
    for (const delivery of claimed) this.#held.set(delivery.id, { delivery, lockedUntilMs: nowMs + leaseMs });
    this.#lanes.add(claimed);
    this.#sendNext();
    return claimed.length > 0;
  }

  #sendNext(): void {
    if (this.#stopping) return;
    const nowMs = this.#context.now();
    const isLocked = ({ id }: ClaimedDelivery) => (this.#held.get(id)?.lockedUntilMs ?? 0) > nowMs;
    for (const delivery of this.#lanes.take(isLocked)) void this.#send(delivery);
    // Without a database nobody else takes them either; at the next successful renewal they continue or are released.
    if (this.#lanes.isHeldUp(isLocked)) void this.#renew().catch(() => {});
  }

  async #send(delivery: ClaimedDelivery): Promise<void> {
    const { log, now } = this.#context;
    const attempt = await attemptDelivery(this.#context, delivery).catch((error) => {
      log.error({ err: error }, "webhook attempt failed with an internal error");
      return {
        at: new Date(now()).toISOString(),
        status_code: null,
        error: "Not sent: an internal error in Watchfloor.",
        duration_ms: 0,
        reply: null,
      };
    });
    const finishedAtMs = now();
    const next = delivery.family === "source" ? afterCall : afterAttempt;
    const after = next(delivery.step, { statusCode: attempt.status_code }, finishedAtMs);
    this.#finished.push({ delivery, attempt, after, finishedAtMs, lockedBy: this.#id });
    this.#lanes.done(delivery, after.status === "delivered");
    this.#sendNext();
    this.#writes.wake();
    if (this.#lanes.running === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }

  /** Outcomes that arrive together are written together. */
  async #write(): Promise<boolean> {
    const finished = this.#finished;
    if (finished.length === 0) return false;
    this.#finished = [];
    const writing = this.#writeDown(finished);
    this.#writing = writing.catch(() => {});
    await writing;
    return this.#finished.length > 0;
  }

  async #writeDown(finished: readonly FinishedDelivery[]): Promise<void> {
    try {
      const written = await finishDeliveries(this.#context.pool, finished);
      for (const { delivery } of finished) this.#held.delete(delivery.id);
      this.#unreported.push(...finished.filter((one) => written.has(one.delivery.id) && isReported(one.delivery)).map(reportOf));
      this.#claims.wake();
      this.#reports.wake();
    } catch (error) {
      // Still held and renewed: the outcomes are written when the database is back.
      this.#finished = [...finished.filter(({ delivery }) => this.#held.has(delivery.id)), ...this.#finished];
      throw error;
    }
  }

  /** Separate from the outcomes, which must not wait for the log; a failed report is found again by its row. */
  async #report(): Promise<boolean> {
    const reports = this.#unreported;
    this.#unreported = [];
    await reportDeliveries(this.#context, reports);
    return this.#unreported.length > 0;
  }

  /** Renews the locks of what is held; one renewal at a time. */
  #renew(): Promise<void> {
    this.#renewing ??= this.#holdOn()
      .finally(() => {
        this.#renewing = null;
      })
      .then(() => this.#sendNext());
    return this.#renewing;
  }

  /** Releases deliveries that have not begun and now belong to another worker or are no longer to be sent. */
  async #holdOn(): Promise<void> {
    const { pool, now } = this.#context;
    const held = [...this.#held.values()];
    const untilMs = now() + leaseMs;
    const kept = await holdDeliveries(pool, { deliveries: held.map(({ delivery }) => delivery), lockedBy: this.#id, untilMs });
    const lost = held.filter((one) => !kept.has(one.delivery.id) && this.#held.get(one.delivery.id) === one);
    for (const one of held) if (kept.has(one.delivery.id)) one.lockedUntilMs = untilMs;
    for (const { id } of this.#lanes.letGo(new Set(lost.map(({ delivery }) => delivery.id)))) this.#held.delete(id);
  }
}

function reportOf({ delivery, attempt, after, finishedAtMs }: FinishedDelivery): Report {
  return {
    projectId: delivery.projectId,
    id: delivery.id,
    webhookId: delivery.webhookId,
    url: delivery.url,
    sourceName: delivery.sourceName,
    attempts: delivery.attempts + 1,
    nextAttemptMs: after.status === "pending" ? after.nextAttemptMs : null,
    last: attempt,
    delivered: after.status === "delivered",
    finishedAtMs,
  };
}
