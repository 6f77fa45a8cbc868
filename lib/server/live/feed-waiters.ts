import { setTimeout as pause } from "node:timers/promises";
import type { Hub } from "./hub";

type Options = {
  readonly hub: Pick<Hub, "onFeed">;
  /** Which of these keys need not wait any longer. */
  readonly settled: (projectId: string, ids: readonly string[]) => Promise<readonly string[]>;
  readonly failed: (error: unknown) => void;
  /** Pause between queries for one project, which may commit hundreds of times a second; none by default. */
  readonly pauseMs?: number;
};

type Waiting = { readonly byId: Map<string, Set<() => void>>; leave: () => void; checking: boolean; again: boolean };

export type Watch = {
  /** Resolves when the awaited change has come since the watch began, or after `ms`. */
  readonly settled: (ms: number) => Promise<void>;
  readonly stop: () => void;
};

/**
 * This process's long polls for one kind of news. What happens here wakes them at once; what happened elsewhere, or was reported by the
 * agent's system, is found when the feed grows: one query for all waiters, never one per poll.
 */
export class FeedWaiters {
  readonly #options: Options;
  readonly #projects = new Map<string, Waiting>();
  #isOver = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Starts watching; read the state after this, so that no change falls between the two. */
  watch(projectId: string, id: string): Watch {
    const project = this.#project(projectId);
    let wake: () => void = () => {};
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const others = project.byId.get(id) ?? new Set();
    project.byId.set(id, others.add(wake));
    if (this.#isOver) wake();
    return {
      settled: async (ms) => {
        let timer: NodeJS.Timeout | undefined;
        const late = new Promise<void>((resolve) => {
          timer = setTimeout(resolve, ms);
        });
        await Promise.race([woken, late]);
        clearTimeout(timer);
      },
      stop: () => {
        this.#leave({ projectId, id, wake });
        wake();
      },
    };
  }

  /** What these wait for has just come. */
  wake(projectId: string, ids: readonly string[]): void {
    for (const id of ids) for (const wake of this.#projects.get(projectId)?.byId.get(id) ?? []) wake();
  }

  /** Ends all waits, now and from now on: the server is stopping, and pollers ask the next one. */
  end(): void {
    this.#isOver = true;
    for (const [projectId, { byId }] of this.#projects) this.wake(projectId, [...byId.keys()]);
  }

  #project(projectId: string): Waiting {
    const known = this.#projects.get(projectId);
    if (known) return known;
    const project: Waiting = { byId: new Map(), leave: () => {}, checking: false, again: false };
    project.leave = this.#options.hub.onFeed(projectId, () => void this.#check(projectId, project));
    this.#projects.set(projectId, project);
    return project;
  }

  #leave({ projectId, id, wake }: { projectId: string; id: string; wake: () => void }): void {
    const project = this.#projects.get(projectId);
    const others = project?.byId.get(id);
    others?.delete(wake);
    if (others?.size === 0) project?.byId.delete(id);
    if (project?.byId.size !== 0) return;
    project.leave();
    this.#projects.delete(projectId);
  }

  async #check(projectId: string, project: Waiting): Promise<void> {
    project.again = true;
    if (project.checking) return;
    project.checking = true;
    const { pauseMs = 0, settled } = this.#options;
    try {
      while (project.again && project.byId.size > 0) {
        if (pauseMs > 0) await pause(pauseMs, undefined, { ref: false });
        project.again = false;
        if (project.byId.size > 0) this.wake(projectId, await settled(projectId, [...project.byId.keys()]));
      }
    } catch (error) {
      // The next commit or the hub's poll retries.
      this.#options.failed(error);
    } finally {
      project.checking = false;
    }
  }
}
