import type { Dialect } from "@/lib/core/dialect";
import type { StoredEvent } from "../events/append/plan";
import { eventPages } from "../events/read";
import { services } from "../services";
import { readFeedHead } from "./read-feed";
import type { Sink } from "./sink";

export type FedEvent = StoredEvent & { readonly runId: string; readonly externalId: string };

type Follow = {
  readonly projectId: string;
  readonly dialect: Dialect;
  readonly after: number;
  readonly sink: Sink;
  /** The chunk for one event, null to leave it out; `end` closes the stream after it. */
  readonly write: (event: FedEvent) => { chunk: Uint8Array | null; end: boolean };
};

type FeedRow = {
  readonly feed_seq: string;
  readonly run_id: string;
  readonly first_seq: string;
  readonly last_seq: string;
  readonly external_id: string;
};

const pageSize = 200;
const maxUnsent = 256 * 1024;

/** Sends every event of a dialect in the project, in commit order, from a feed position on. */
export function followDialect(follow: Follow): void {
  new FeedReader(follow).start();
}

class FeedReader {
  #cursor: number;
  /** How far the commit after the cursor was sent when reading it broke off. */
  #sentSeq = 0;
  #reading = false;
  #again = false;
  #leave: () => void = () => {};

  constructor(readonly follow: Follow) {
    this.#cursor = follow.after;
  }

  start(): void {
    // The reader left while its place was looked up: no close event would follow.
    if (this.follow.sink.closed) return;
    this.#leave = services().hub.onFeed(this.follow.projectId, () => void this.#read());
    this.follow.sink.onClose(() => this.#leave());
    void this.#read();
  }

  async #read(): Promise<void> {
    this.#again = true;
    if (this.#reading) return;
    this.#reading = true;
    try {
      while (this.#again && !this.follow.sink.closed) {
        this.#again = false;
        while ((await this.#page()) === pageSize && !this.follow.sink.closed);
      }
    } catch (error) {
      services().log.warn({ err: error }, "feed read failed");
    } finally {
      this.#reading = false;
    }
  }

  async #page(): Promise<number> {
    const { projectId, dialect, sink } = this.follow;
    const { pool } = services();
    // Read the head first: every commit up to it is then visible, and those of other systems are not scanned again.
    const head = await readFeedHead(pool, projectId);
    const rows = await pool<FeedRow[]>`
      select f.feed_seq, f.run_id, f.first_seq, f.last_seq, r.external_id
      from feed f join runs r on r.project_id = f.project_id and r.id = f.run_id
      where f.project_id = ${projectId} and f.feed_seq > ${this.#cursor} and r.dialect = ${dialect}
      order by f.feed_seq limit ${pageSize}`;
    for (const row of rows) {
      if (await this.#send(row)) return 0;
      this.#cursor = Number(row.feed_seq);
      this.#sentSeq = 0;
      if (sink.unsent > maxUnsent) await sink.drained();
    }
    if (rows.length < pageSize) this.#cursor = Math.max(this.#cursor, head);
    return rows.length;
  }

  async #send(row: FeedRow): Promise<boolean> {
    const { projectId, dialect, sink, write } = this.follow;
    const first = Math.max(Number(row.first_seq), this.#sentSeq + 1);
    const run = { projectId, runId: row.run_id, dialect };
    for await (const page of eventPages(services().pool, run, { from: first, upTo: Number(row.last_seq) })) {
      for (const stored of page) {
        const { chunk, end } = write({ ...stored, runId: row.run_id, externalId: row.external_id });
        if (chunk) sink.write(chunk);
        this.#sentSeq = stored.event.seq;
        if (!end) continue;
        this.#leave();
        sink.end();
        return true;
      }
      if (sink.unsent > maxUnsent) await sink.drained();
      if (sink.closed) return true;
    }
    return false;
  }
}
