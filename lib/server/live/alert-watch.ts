import type { Logger } from "pino";
import type { Pool } from "@/db/client";
import type { AlertNews } from "@/lib/core/alerts/alert";
import { readAlertNews } from "../alerts/read-news";
import type { Hub } from "./hub";

/** A reader's position: the log entry that it has; null = it wants only what comes from now on. */
type Reader = { n: number | null; readonly send: (news: AlertNews) => void };
type Watched = {
  readonly readers: Set<Reader>;
  revision: number;
  reading: boolean;
  again: boolean;
  timer: NodeJS.Timeout | null;
  leave: () => void;
};

type Options = {
  readonly pool: Pool;
  readonly hub: Hub;
  readonly log: Logger;
  /** Tells other processes. */
  readonly tell: (projectId: string) => void;
};

/** There may be hundreds of commits a second, and few concern alerts. */
const feedMs = 500;

/** Tells this process's readers about changes to alerts, whichever process evaluated them. */
export class AlertWatch {
  readonly #options: Options;
  readonly #projects = new Map<string, Watched>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** This process changed alerts of this project. */
  changed(projectId: string): void {
    this.#options.tell(projectId);
    void this.#read(projectId);
  }

  /**
   * Sends the current state of alerts, what happened after log entry `after`, and whatever happens next. Returns a function that stops it
   * and may be called more than once.
   */
  follow(projectId: string, after: number | null, send: (news: AlertNews) => void): () => void {
    const watched = this.#watched(projectId);
    const reader: Reader = { n: after, send };
    watched.readers.add(reader);
    // Makes the next read news for everybody: harmless, and the new reader gets the current state.
    watched.revision = -1;
    void this.#read(projectId);
    return () => {
      watched.readers.delete(reader);
      if (watched.readers.size > 0 || this.#projects.get(projectId) !== watched) return;
      watched.leave();
      if (watched.timer) clearTimeout(watched.timer);
      this.#projects.delete(projectId);
    };
  }

  #watched(projectId: string): Watched {
    const known = this.#projects.get(projectId);
    if (known) return known;
    const leave = this.#options.hub.onFeed(projectId, () => {
      made.timer ??= setTimeout(() => {
        made.timer = null;
        void this.#read(projectId);
      }, feedMs);
    });
    const made: Watched = { readers: new Set(), revision: -1, reading: false, again: false, timer: null, leave };
    this.#projects.set(projectId, made);
    return made;
  }

  async #read(projectId: string): Promise<void> {
    const watched = this.#projects.get(projectId);
    if (!watched) return;
    watched.again = true;
    if (watched.reading) return;
    watched.reading = true;
    try {
      while (watched.again) {
        watched.again = false;
        await this.#tell(projectId, watched);
      }
    } catch (error) {
      this.#options.log.debug({ err: error }, "alerts could not be loaded");
    } finally {
      watched.reading = false;
    }
  }

  async #tell(projectId: string, watched: Watched): Promise<void> {
    const asked = new Set(watched.readers);
    const behind = [...asked].map(({ n }) => n).filter((n) => n !== null);
    const news = await readAlertNews(this.#options.pool, projectId, {
      after: behind.length === 0 ? null : Math.min(...behind),
      unless: watched.revision,
    });
    if (!news) return;
    // A reader that joined meanwhile may want entries that were not read: the next read, which is then news for everybody, serves it.
    const isForAll = [...watched.readers].every((reader) => asked.has(reader));
    watched.revision = isForAll ? news.revision : -1;
    for (const reader of watched.readers) {
      if (!asked.has(reader)) continue;
      const { n } = reader;
      reader.n = news.n;
      reader.send({ ...news, entries: n === null ? [] : news.entries.filter((entry) => entry.n > n) });
    }
  }
}
