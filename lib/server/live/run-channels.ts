import type { RunRef } from "../events/read";
import { Channel } from "./channel";
import type { LogEntry } from "./log-entry";
import type { RunFormat } from "./run-format";
import type { Sink } from "./sink";

type Options = {
  readonly read: (run: RunRef, after: number, limit: number) => Promise<readonly LogEntry[]>;
  readonly failed: (error: unknown) => void;
};

type OpenRun = { readonly ref: RunRef; readonly channels: Map<string, Channel<LogEntry>> };

export type RunReading = {
  readonly format: RunFormat;
  /** The reader has everything up to here. */
  readonly after: number;
  readonly sink: Sink;
  readonly onEnd?: (entries: readonly LogEntry[]) => void;
  readonly onCaughtUp?: (cursor: number) => void;
  readonly told?: { readonly upTo: number; readonly isOver: boolean };
};

/** The channels of the runs being read, by run and by format. */
export class RunChannels {
  readonly #options: Options;
  readonly #runs = new Map<string, OpenRun>();

  constructor(options: Options) {
    this.#options = options;
  }

  get readers(): number {
    let count = 0;
    for (const { channels } of this.#runs.values()) for (const channel of channels.values()) count += channel.size;
    return count;
  }

  refs(): RunRef[] {
    return [...this.#runs.values()].map((open) => open.ref);
  }

  publish(runId: string, entries: readonly LogEntry[]): void {
    for (const channel of this.#runs.get(runId)?.channels.values() ?? []) channel.publish(entries);
  }

  advance(runId: string, lastSeq: number): void {
    for (const channel of this.#runs.get(runId)?.channels.values() ?? []) channel.advance(lastSeq);
  }

  wants(runId: string): boolean {
    return this.#runs.has(runId);
  }

  /** Adds a reader; `lastSeq` is where the log is known to reach. Returns a function that removes it and may be called more than once. */
  join(run: RunRef & { lastSeq: number }, reading: RunReading): () => void {
    const open = this.#runs.get(run.runId) ?? { ref: run, channels: new Map() };
    this.#runs.set(run.runId, open);
    let channel = open.channels.get(reading.format.key);
    if (!channel) {
      channel = this.#open(run, reading.format);
      open.channels.set(reading.format.key, channel);
    }
    const joined = channel;
    const leave = joined.join(reading.sink, reading.after, reading);
    return () => {
      leave();
      // Others may have reopened it since the last reader left.
      if (joined.size > 0 || open.channels.get(reading.format.key) !== joined) return;
      open.channels.delete(reading.format.key);
      if (open.channels.size === 0 && this.#runs.get(run.runId) === open) this.#runs.delete(run.runId);
    };
  }

  #open(run: RunRef & { lastSeq: number }, format: RunFormat): Channel<LogEntry> {
    return new Channel<LogEntry>(
      {
        read: (after, limit) => this.#options.read(run, after, limit),
        encode: format.encode,
        ends: format.ends,
        failed: this.#options.failed,
      },
      run.lastSeq,
    );
  }
}
