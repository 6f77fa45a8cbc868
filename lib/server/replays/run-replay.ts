import { headerValue } from "@/lib/core/webhooks/header-value";
import type { OutboundOutcome } from "../outbound/post";
import { SealError } from "../secrets/seal";
import type { Services } from "../services";
import { publicId } from "../webhooks/public-id";
import { signatureHeaders } from "../webhooks/sign";
import type { ClaimedReplay } from "./claim-replays";
import { nextItems, type ReplayItem } from "./replay-items";
import { type Progress, saveProgress } from "./save-progress";

/** Pauses after each failed attempt at one event. After the last the replay fails, because the next event must not overtake it. */
export const retryDelaysMs = [1_000, 5_000, 15_000, 60_000];
const pageItems = 100;
/** After a kill, at most this many events, or this much time's worth, are sent again. */
const saveItems = 25;
const saveMs = 250;
/** Longer waits are stored in the database, so that they outlive this process. */
const longestSleepMs = 1_000;
/** At a speed near zero the next event would be due later than any date the database can store. */
const latestMs = Number.MAX_SAFE_INTEGER;

type Context = Pick<Services, "pool" | "outbound" | "sealer" | "now" | "version" | "publicUrl">;
type Stop = { readonly stopped: boolean };

/** Sends a replay's events one by one until it ends, has to wait, or is told to stop. */
export async function runReplay(context: Context, replay: ClaimedReplay, stop: Stop): Promise<void> {
  await new ReplayRun(context, replay, stop).run();
}

class ReplayRun {
  #delivered: number;
  #position: number;
  #tries: number;
  #savedPosition: number;
  #savedAtMs: number;
  #last: { readonly atMs: number; readonly sentMs: number } | null = null;

  constructor(
    readonly context: Context,
    readonly replay: ClaimedReplay,
    readonly stop: Stop,
  ) {
    this.#delivered = replay.delivered;
    this.#position = replay.position;
    this.#tries = replay.tries;
    this.#savedPosition = replay.position;
    this.#savedAtMs = context.now();
  }

  async run(): Promise<void> {
    const { pool, publicUrl } = this.context;
    const { projectId, id: replayId } = this.replay;
    for (;;) {
      const items = await nextItems(pool, { projectId, replayId, after: this.#position, limit: pageItems, publicUrl: publicUrl() });
      for (const item of items) {
        if (this.stop.stopped) return void (await this.#save({ nextAttemptMs: this.context.now() }));
        if (!(await this.#step(item))) return;
      }
      if (items.length === 0) return void (await this.#save({ ended: "completed" }));
    }
  }

  /** False if the replay must not continue here. */
  async #step(item: ReplayItem): Promise<boolean> {
    if (item.body !== null) {
      if (!(await this.#pace(item))) return false;
      const outcome = await this.#send(item, item.body);
      const status = outcome.kind === "answered" ? outcome.status : null;
      if (status === null || status < 200 || status >= 300) return this.#failed(outcome, status);
      this.#delivered += 1;
    }
    this.#position = item.n;
    this.#tries = 0;
    const now = this.context.now();
    if (this.#position - this.#savedPosition < saveItems && now - this.#savedAtMs < saveMs) return true;
    return this.#save({});
  }

  async #pace(item: ReplayItem): Promise<boolean> {
    const { now } = this.context;
    const { speed } = this.replay;
    if (speed !== null && this.#last !== null) {
      const dueMs = this.#last.sentMs + Math.max(0, item.atMs - this.#last.atMs) / speed;
      const waitMs = dueMs - now();
      if (waitMs > longestSleepMs) {
        await this.#save({ nextAttemptMs: Math.min(Math.round(dueMs), latestMs) });
        return false;
      }
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
    this.#last = { atMs: item.atMs, sentMs: now() };
    return true;
  }

  async #failed(outcome: OutboundOutcome, status: number | null): Promise<boolean> {
    const error = outcome.kind === "failed" ? outcome.message : `HTTP ${status}`;
    const delay = retryDelaysMs[this.#tries];
    this.#tries += 1;
    if (status === 410 || delay === undefined) await this.#save({ ended: "failed", error });
    else await this.#save({ nextAttemptMs: this.context.now() + delay, error });
    return false;
  }

  async #save(more: Partial<Pick<Progress, "nextAttemptMs" | "ended" | "error">>): Promise<boolean> {
    const nowMs = this.context.now();
    this.#savedPosition = this.#position;
    this.#savedAtMs = nowMs;
    const progress = { delivered: this.#delivered, position: this.#position, tries: this.#tries, nowMs };
    return saveProgress(this.context.pool, this.replay, { error: null, nextAttemptMs: null, ended: null, ...progress, ...more });
  }

  async #send(item: ReplayItem, body: string): Promise<OutboundOutcome> {
    try {
      return await this.context.outbound.post({ url: this.replay.url, body, headers: this.#headers(item, body) });
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      return { kind: "failed", reason: "refused", message: `The secret cannot be decrypted. ${error.message}`, durationMs: 0 };
    }
  }

  #headers(item: ReplayItem, body: string): Record<string, string> {
    const { sealer, now, version } = this.context;
    const { id, secret } = this.replay;
    const replayId = publicId("replay", id);
    const message = { id: `${replayId}_${item.n}`, timestamp: Math.floor(now() / 1_000), body };
    return {
      "content-type": "application/json",
      "user-agent": `Watchfloor/${version}`,
      "x-webhook-event": headerValue(item.type),
      "x-webhook-replay": replayId,
      "x-webhook-id": message.id,
      ...(secret === null ? {} : signatureHeaders(message, { present: sealer.open(secret, `replay:${id}`), previous: null })),
    };
  }
}
