import type { Logger } from "pino";
import type { Pool } from "@/db/client";
import type { Committed } from "../events/append/commit";
import { isYounger } from "../is-younger";
import { applyStanding, type Refused } from "../standing/apply-standing";
import { WakefulLoop } from "./wakeful-loop";

const everyMs = 2_000;

type Context = { readonly pool: Pool; readonly now: () => number; readonly log: Logger };

/**
 * Applies standing approvals to requests as soon as they are made; for requests that another process received, or left undone, at its next
 * beat.
 */
export class StandingKeeper {
  readonly #context: Context;
  readonly #loop: WakefulLoop;
  readonly #refused: Refused = new Map();
  /** Projects with standing approvals, as of the last beat. */
  #projects: ReadonlySet<string> = new Set();
  readonly #asked = new Set<string>();
  #lookedAtMs = 0;

  constructor(context: Context) {
    this.#context = context;
    this.#loop = new WakefulLoop({ name: "standing approvals", round: () => this.round(), everyMs, log: context.log });
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  /** A commit of this process. Costs next to nothing without standing approvals. */
  committed({ projectId, runs }: Committed): void {
    if (!this.#projects.has(projectId) || !runs.some(({ run }) => run.state.approvals.pending > 0)) return;
    this.#asked.add(projectId);
    this.#loop.wake();
  }

  /** A standing approval was created. */
  allowed(projectId: string): void {
    this.#projects = new Set([...this.#projects, projectId]);
    this.#asked.add(projectId);
    this.#loop.wake();
  }

  async round(): Promise<boolean> {
    if (this.#asked.size === 0 || !isYounger(this.#lookedAtMs, everyMs, this.#context.now())) await this.#look();
    const projects = [...this.#asked];
    this.#asked.clear();
    let more = false;
    for (const projectId of projects) {
      const again = await applyStanding(projectId, this.#refused).catch((error: unknown) => {
        // Other projects are still processed; this one is retried at the next beat.
        this.#context.log.warn({ err: error, project: projectId }, "a project's standing approvals could not be applied");
        return false;
      });
      more ||= again;
    }
    return more;
  }

  async #look(): Promise<void> {
    const { pool, now } = this.#context;
    this.#lookedAtMs = now();
    const rows = await pool<{ id: string; project_id: string }[]>`
      select id, project_id from standing_approvals where ends_at_ms > ${now()} and revoked_at_ms is null and uses < max_uses`;
    this.#projects = new Set(rows.map((row) => row.project_id));
    for (const projectId of this.#projects) this.#asked.add(projectId);
    const held = new Set(rows.map((row) => row.id));
    for (const id of this.#refused.keys()) if (!held.has(id)) this.#refused.delete(id);
  }
}
