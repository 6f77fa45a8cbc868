import type { Services } from "../services";
import { deliverFeed } from "../webhooks/deliver-feed";
import { WakefulLoop } from "./wakeful-loop";

const pollMs = 500;

type Context = Pick<Services, "pool" | "hub" | "now" | "log" | "publicUrl">;

/**
 * Turns new entries in the projects' feeds into deliveries. This process's commits wake it; for those of others it polls twice a second.
 */
export class WebhookFollower {
  readonly #context: Context;
  readonly #made: () => void;
  readonly #loop: WakefulLoop;
  readonly #heard = new Map<string, () => void>();

  /** `made` is called when deliveries were created. */
  constructor(context: Context, made: () => void) {
    this.#context = context;
    this.#made = made;
    this.#loop = new WakefulLoop({ name: "webhook follower", round: () => this.round(), everyMs: pollMs, log: context.log });
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    for (const leave of this.#heard.values()) leave();
    await this.#loop.stop();
  }

  /** One step for every project that is behind; true when one still is. */
  async round(): Promise<boolean> {
    const { pool, hub, log } = this.#context;
    const behind = await pool`
      select c.project_id from webhook_cursors c join feed_heads h on h.project_id = c.project_id and h.seq > c.feed_seq`;
    let more = false;
    for (const { project_id: projectId } of behind) {
      if (!this.#heard.has(projectId))
        this.#heard.set(
          projectId,
          hub.onFeed(projectId, () => this.#loop.wake()),
        );
      const done = await deliverFeed(this.#context, projectId).catch((error: unknown) => {
        // Other projects are still followed; this one is retried at the next beat.
        log.warn({ err: error, project: projectId }, "a project's feed could not be turned into deliveries");
        return { made: 0, more: false };
      });
      if (done.made > 0) this.#made();
      more ||= done.more;
    }
    return more;
  }
}
