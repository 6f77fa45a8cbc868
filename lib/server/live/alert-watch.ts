import type { Logger } from "pino";
import type { Pool } from "@/db/client";
import type { AlertNews } from "@/lib/core/alerts/alert";
import { readAlertNews } from "../alerts/read-news";
import type { Hub } from "./hub";

/** Where a reader's page stands: the log entry that it has, null = it wants only what comes from now on. */
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

/** Commits may come by the hundred a second and seldom concern alerts. */
const feedMs = 500;

/** Tells the readers of this process what became of alerts, whichever process judged them. */
export class AlertWatch {
  readonly #options: Options;
  readonly #projects = new Map<string, Watched>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Alerts of this project were changed by this process. */
  changed(projectId: string): void {
    this.#options.tell(projectId);
    void this.#read(projectId);
  }

  /** Sends how alerts stand now, what happened behind log entry `after`, and whatever happens next. Returns the call that stops it, which may be called more than once. */
  follow(projectId: string, after: number | null, send: (news: AlertNews) => void): () => void {
    const watched = this.#watched(projectId);
    const reader: Reader = { n: after, send };
    watched.readers.add(reader);
    // Makes the next reading news for everybody: harmless, and the one that joined hears how it stands.
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
    // Who joined meanwhile may want what was not asked for: it is told by the next reading, which is news for everybody then.
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
