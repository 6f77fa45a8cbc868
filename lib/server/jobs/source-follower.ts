import { backOffMs } from "@/lib/core/sources/back-off";
import { leaseMs, renewMs } from "../leases";
import { claimStreams, type HeldStream, holdStreams, releaseStream } from "../sources/claim-streams";
import { type FollowContext, follow } from "../sources/follow";
import { settledWithin } from "./settled-within";
import { WakefulLoop } from "./wakeful-loop";

const pollMs = 250;
const mostStreams = 200;
const stopWaitMs = 3_000;

/** Follows the streams of sources. Any number of processes may run one: each stream is followed by the process that holds it. */
export class SourceFollower {
  readonly #context: FollowContext;
  /** By claim: a stream may have been claimed again while its former claim is still being released. */
  readonly #followed = new Map<HeldStream, { readonly done: Promise<void>; readonly abort: AbortController }>();
  readonly #loop: WakefulLoop;
  #renewal: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(context: FollowContext) {
    this.#context = context;
    this.#loop = new WakefulLoop({ name: "source streams", round: () => this.#round(), everyMs: pollMs, log: context.log });
  }

  start(): void {
    this.#loop.start();
    this.#renewal = setInterval(() => void this.#renew().catch(() => {}), renewMs);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#loop.stop();
    for (const { abort } of this.#followed.values()) abort.abort();
    await settledWithin(Promise.all([...this.#followed.values()].map(({ done }) => done)), stopWaitMs);
    if (this.#renewal) clearInterval(this.#renewal);
  }

  async #round(): Promise<boolean> {
    const limit = mostStreams - this.#followed.size;
    if (limit <= 0 || this.#stopped) return false;
    const { pool, now } = this.#context;
    for (const stream of await claimStreams(pool, { nowMs: now(), holdMs: leaseMs, limit })) {
      const abort = new AbortController();
      this.#followed.set(stream, { done: this.#follow(stream, abort.signal), abort });
    }
    return false;
  }

  async #follow(stream: HeldStream, signal: AbortSignal): Promise<void> {
    const { pool, log, now } = this.#context;
    try {
      const end = await follow(this.#context, stream, signal).catch((error) => {
        log.warn({ err: error, stream: stream.id }, "a stream's events could not be stored, it will be followed again");
        const tries = stream.tries + 1;
        return { status: "following" as const, error: "An internal error in Watchfloor.", tries, nextTryMs: now() + backOffMs(tries) };
      });
      await releaseStream(pool, stream, end);
    } catch (error) {
      // The hold expires by itself; then another process follows the stream.
      log.warn({ err: error, stream: stream.id }, "a stream could not be released");
    } finally {
      this.#followed.delete(stream);
      this.#loop.wake();
    }
  }

  /** Drops streams that were paused, removed or taken over. */
  async #renew(): Promise<void> {
    const streams = [...this.#followed.keys()];
    const kept = await holdStreams(this.#context.pool, { streams, untilMs: this.#context.now() + leaseMs });
    for (const stream of streams) if (!kept.has(stream)) this.#followed.get(stream)?.abort.abort();
  }
}
