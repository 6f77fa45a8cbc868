import type { Logger } from "pino";
import type { Pool } from "@/db/client";
import type { Committed } from "../events/append/commit";
import { type RunRef, readEvents } from "../events/read";
import { summaryOf } from "../runs/summary-of";
import { Channel } from "./channel";
import { logEntry } from "./log-entry";
import { type FeedEntry, readFeed, readFeedHead } from "./read-feed";
import { RunChannels, type RunReading } from "./run-channels";
import type { Sink } from "./sink";
import { sseFrame } from "./sse";

type HubOptions = { readonly pool: Pool; readonly log: Logger };

/** Page size for catching up, which many readers may do at once. */
const catchUpBytes = 512 * 1024;

type FeedReading = {
  readonly after: number | null;
  readonly sink: Sink;
  readonly greet: (start: { readonly head: number; readonly reset: boolean }) => void;
};

/**
 * One per process: follows the feed and wakes the readers. This process's commits arrive directly, those of others by notification or by
 * polling; nothing depends on a notification arriving.
 */
export class Hub {
  readonly #options: HubOptions;
  readonly #runs: RunChannels;
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #projects = new Map<string, Promise<Channel<FeedEntry>>>();

  constructor(options: HubOptions) {
    this.#options = options;
    this.#runs = new RunChannels({
      read: async (run, after, limit) =>
        (await readEvents(options.pool, run, { from: after + 1, limit, bytes: catchUpBytes })).map(logEntry),
      failed: (error) => options.log.warn({ err: error }, "live read failed"),
    });
  }

  /** Readers in this process, for the metrics. */
  get readers(): number {
    return this.#runs.readers;
  }

  publish(committed: Committed): void {
    this.#call(committed.projectId);
    for (const { run, events } of committed.runs) if (this.#runs.wants(run.id)) this.#runs.publish(run.id, events.map(logEntry));
    const feed = this.#projects.get(committed.projectId);
    if (!feed) return;
    const entries = committed.runs
      .map(
        ({ run, firstSeq, lastSeq, feedSeq }): FeedEntry => ({
          seq: feedSeq,
          run: summaryOf(run),
          listed: run.kind === "run",
          firstSeq,
          lastSeq,
        }),
      )
      .sort((a, b) => a.seq - b.seq);
    feed.then((channel) => channel.publish(entries)).catch(() => {});
  }

  /** Calls the listener whenever the project's feed may have grown. Returns a function that stops it and may be called more than once. */
  onFeed(projectId: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(projectId) ?? new Set();
    this.#listeners.set(projectId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(projectId) === listeners) this.#listeners.delete(projectId);
    };
  }

  #call(projectId: string): void {
    for (const listener of this.#listeners.get(projectId) ?? []) listener();
  }

  /** Sends a run's events with seq > after to the sink, in this format, for as long as it is open. */
  followRun(run: RunRef & { lastSeq: number }, reading: RunReading): () => void {
    const leave = this.#runs.join(run, reading);
    // A commit between the caller's read of `lastSeq` and this join was published to nobody.
    void this.#pollRuns([run]).catch((error) => this.#options.log.warn({ err: error }, "live poll failed"));
    return leave;
  }

  /**
   * Sends the project's feed with feedSeq > after (null = from now on). If that place is no longer kept, or never existed, the reader is
   * greeted with `reset` and starts from now.
   */
  async followFeed(projectId: string, reading: FeedReading): Promise<() => void> {
    const channel = await this.#project(projectId);
    const head = await readFeedHead(this.#options.pool, projectId);
    const { after } = reading;
    const reset = after !== null && after !== head && (after > head || !(await this.#isKept(projectId, after + 1)));
    reading.greet({ head, reset });
    return channel.join(reading.sink, reset ? head : (after ?? head));
  }

  async #isKept(projectId: string, feedSeq: number): Promise<boolean> {
    const rows = await this.#options.pool`select 1 from feed where project_id = ${projectId} and feed_seq = ${feedSeq}`;
    return rows.length > 0;
  }

  #project(projectId: string): Promise<Channel<FeedEntry>> {
    let found = this.#projects.get(projectId);
    if (!found) {
      found = this.#openProject(projectId);
      this.#projects.set(projectId, found);
      found.catch(() => this.#projects.delete(projectId));
    }
    return found;
  }

  async #openProject(projectId: string): Promise<Channel<FeedEntry>> {
    const head = await readFeedHead(this.#options.pool, projectId);
    return new Channel<FeedEntry>(
      {
        read: (after, limit) => readFeed(this.#options.pool, projectId, { after, limit }),
        encode: encodeFeed,
        failed: (error) => this.#options.log.warn({ err: error }, "feed read failed"),
      },
      head,
    );
  }

  /** Looks for commits of other processes. Called on a notification and every two seconds. */
  async poll(projectId?: string): Promise<void> {
    for (const id of this.#listeners.keys()) if (projectId === undefined || projectId === id) this.#call(id);
    for (const [id, pending] of this.#projects) {
      if (projectId !== undefined && projectId !== id) continue;
      (await pending).advance(await readFeedHead(this.#options.pool, id));
    }
    await this.#pollRuns(this.#runs.refs());
  }

  async #pollRuns(refs: readonly RunRef[]): Promise<void> {
    if (refs.length === 0) return;
    const wanted = JSON.stringify(refs.map((ref) => ({ p: ref.projectId, r: ref.runId })));
    const rows = await this.#options.pool`
      select r.id, r.last_seq from json_to_recordset(${wanted}::text::json) as t(p uuid, r uuid) join runs r on r.project_id = t.p and r.id = t.r`;
    for (const row of rows) this.#runs.advance(row.id, Number(row.last_seq));
  }
}

/** Several commits of one run in one tick become one frame: the newest summary, covering all their events. */
function encodeFeed(entries: readonly FeedEntry[]): Uint8Array | null {
  const byRun = new Map<string, FeedEntry>();
  for (const entry of entries) {
    if (!entry.listed) continue;
    const before = byRun.get(entry.run.id);
    byRun.delete(entry.run.id);
    byRun.set(entry.run.id, before ? { ...entry, firstSeq: before.firstSeq } : entry);
  }
  if (byRun.size === 0) return null;
  let text = "";
  for (const { seq, run, firstSeq, lastSeq } of byRun.values())
    text += sseFrame({ event: "run", id: String(seq), data: { feedSeq: seq, run, firstSeq, lastSeq } });
  return Buffer.from(text);
}
