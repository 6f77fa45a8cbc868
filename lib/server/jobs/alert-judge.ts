import { dueTurns, judgeProject } from "../alerts/judge-project";
import type { Services } from "../services";
import { WakefulLoop } from "./wakeful-loop";

const pollMs = 500;
/** Commits within this time are evaluated together. */
const gatherMs = 100;

type Context = Pick<Services, "pool" | "hub" | "now" | "log" | "publicUrl" | "alerts">;

/** Evaluates the projects' alert rules: soon after a commit of this process, within half a second of another's, and by the clock. */
export class AlertJudge {
  readonly #context: Context;
  readonly #sent: () => void;
  readonly #loop: WakefulLoop;
  readonly #heard = new Map<string, () => void>();
  #timer: NodeJS.Timeout | null = null;

  /** `sent` is called when there is something to deliver. */
  constructor(context: Context, sent: () => void) {
    this.#context = context;
    this.#sent = sent;
    this.#loop = new WakefulLoop({ name: "alerts", round: () => this.round(), everyMs: pollMs, log: context.log });
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    for (const leave of this.#heard.values()) leave();
    if (this.#timer) clearTimeout(this.#timer);
    await this.#loop.stop();
  }

  /** One turn for every project that is behind or due; true when one still is. */
  async round(): Promise<boolean> {
    const { pool, now, log } = this.#context;
    const rows = await pool`
      select t.project_id from alert_turns t join feed_heads h on h.project_id = t.project_id
      where t.active and (h.seq > t.feed_seq or ${dueTurns(pool, now())})`;
    let again = false;
    for (const { project_id: projectId } of rows) {
      this.#hear(projectId);
      const judged = await judgeProject(this.#context, projectId).catch((error: unknown) => {
        // Other projects are still evaluated; this one is retried at the next beat.
        log.warn({ err: error, project: projectId }, "a project's alert rules could not be evaluated");
        return null;
      });
      if (judged === null) continue;
      const { changed, sent, more } = judged;
      if (changed) this.#context.alerts.changed(projectId);
      if (sent > 0) this.#sent();
      again ||= more;
    }
    return again;
  }

  #hear(projectId: string): void {
    if (this.#heard.has(projectId)) return;
    const wake = () => {
      this.#timer ??= setTimeout(() => {
        this.#timer = null;
        this.#loop.wake();
      }, gatherMs);
    };
    this.#heard.set(projectId, this.#context.hub.onFeed(projectId, wake));
  }
}
