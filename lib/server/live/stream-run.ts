import { isTerminal } from "@/lib/core/run/status";
import type { DialectEncoder } from "@/lib/dialects/contract";
import type { CachedRun } from "../events/append/run-cache";
import { readEvents } from "../events/read";
import { eventStream, type Reply } from "../http/call";
import { findRun } from "../runs/find-run";
import { services } from "../services";
import type { LogEntry } from "./log-entry";
import type { ResumePoint } from "./resume-point";
import type { RunFormat } from "./run-format";
import type { Sink } from "./sink";
import { heartbeatMs, sseComment, sseFrame } from "./sse";

export type StreamOptions = {
  readonly format: RunFormat;
  readonly from: ResumePoint;
  /** Frames go without an event name. */
  readonly unnamed?: boolean;
  /** The comment before all frames; null if the reader already had it. */
  readonly greeting?: string | null;
  readonly heartbeat: string;
  readonly heartbeatMs?: number;
  /** How the dialect's own stream ends; without it, the stream stays open until the reader leaves. */
  readonly end?: {
    readonly encoder: DialectEncoder;
    readonly runId: string;
    /** How long after a run's end the stream closes if it stays silent, even without an end mark. */
    readonly quietMs?: number;
  };
};

/**
 * A run's log as an event stream, from where its reader was, and live until its end. A reader that already has the end gets 204, the only
 * response after which an EventSource does not reconnect; except if the system sends an end mark after the end.
 */
export function streamRun(run: CachedRun, options: StreamOptions): Reply {
  if (isOver(run, options) && options.from.after >= run.lastSeq) return { kind: "full", status: 204, body: null };
  return eventStream((sink) => {
    new RunStream(run, options, sink).open();
  });
}

/** Whether the system's own stream has ended: there is nothing to wait for. */
function isOver(run: CachedRun, { end }: StreamOptions): boolean {
  return end !== undefined && end.quietMs === undefined && isTerminal(run.state.lifecycle.status);
}

/** Tells a reader that its place was never reached by this run's log, before it gets everything again. */
export function resetNotice(run: CachedRun): { type: string; runId: string; reason: string } {
  return { type: "reset", runId: run.id, reason: "unknown cursor" };
}

function resetFrame(run: CachedRun, { end, unnamed }: StreamOptions): Buffer {
  const notice = resetNotice(run);
  const { type, ...about } = notice;
  const data = end?.encoder.notice?.({ type, about }, services().now()) ?? notice;
  return Buffer.from(sseFrame(unnamed ? { data } : { event: "reset", data }));
}

class RunStream {
  readonly #timers: NodeJS.Timeout[] = [];
  #leave: () => void = () => {};

  constructor(
    readonly run: CachedRun,
    readonly options: StreamOptions,
    readonly sink: Sink,
  ) {}

  open(): void {
    const { run, options, sink } = this;
    // Send the first bytes at once: a proxy or client that waits for them must not conclude that nobody answers.
    if (options.greeting !== null) sink.write(Buffer.from(sseComment(options.greeting ?? "watchfloor")));
    if (options.from.unknownCursor) sink.write(resetFrame(run, options));
    const beat = Buffer.from(sseComment(options.heartbeat));
    this.#timers.push(setInterval(() => sink.write(beat), options.heartbeatMs ?? heartbeatMs));
    sink.onClose(() => this.#stop());
    this.#leave = services().hub.followRun(
      { projectId: run.projectId, runId: run.id, dialect: run.source.dialect, lastSeq: run.lastSeq },
      {
        format: options.format,
        after: options.from.after,
        sink,
        // If the system sends a mark after the end, that mark ends the stream.
        ...(options.end?.quietMs === undefined ? { told: { upTo: run.lastSeq, isOver: isOver(run, options) } } : {}),
        onEnd: (entries) => this.#end(entries),
        onCaughtUp: (cursor) => this.#caughtUp(cursor),
      },
    );
  }

  #end(entries: readonly LogEntry[]): void {
    const { end, format } = this.options;
    const said = entries.some((entry) => entry.event.type === "stream.ended" && !format.hides?.(entry));
    if (end?.encoder.endFrame && !said) this.sink.write(Buffer.from(sseFrame(end.encoder.endFrame(end.runId), end.encoder.lineOrder)));
    this.#stop();
    this.sink.end();
  }

  #caughtUp(cursor: number): void {
    // The end itself precedes the requested place: only what came after it remained to be sent.
    if (isOver(this.run, this.options) && cursor >= this.run.lastSeq) this.#end([]);
    else void this.#closeWhenQuiet().catch(() => {});
  }

  /** A run that ended without its system's end mark: close once it has been silent for long enough. */
  async #closeWhenQuiet(): Promise<void> {
    const quietMs = this.options.end?.quietMs;
    if (quietMs === undefined || this.sink.closed) return;
    const run = await findRun(this.run.projectId, this.run.id);
    let wait = quietMs;
    if (isTerminal(run.state.lifecycle.status)) {
      const [last] = await readEvents(
        services().pool,
        { projectId: run.projectId, runId: run.id, dialect: run.source.dialect },
        { from: run.lastSeq, limit: 1 },
      );
      wait = last ? last.event.receivedAtMs + quietMs - services().now() : 0;
      if (wait <= 0) return this.#end([]);
    }
    const timer = setTimeout(() => void this.#closeWhenQuiet().catch(() => {}), wait);
    this.#timers.push(timer);
  }

  #stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#leave();
  }
}
