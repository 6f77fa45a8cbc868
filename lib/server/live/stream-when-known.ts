import type { Frame } from "@/lib/dialects/contract";
import type { CachedRun } from "../events/append/run-cache";
import { eventStream, type Reply } from "../http/call";
import { services } from "../services";
import type { Sink } from "./sink";
import { sseComment, sseFrame } from "./sse";

type Waiting = {
  readonly projectId: string;
  readonly find: () => Promise<CachedRun | null>;
  readonly greeting: string;
  readonly heartbeat: string;
  /** How long the run may stay unknown, and what is told when it did. */
  readonly waitMs: number;
  readonly otherwise: Frame;
  /** The run's own stream. */
  readonly open: (run: CachedRun) => Reply;
};

const heartbeatMs = 10_000;
/** A busy project commits hundreds of times a second. */
const askAgainMs = 250;

/** The stream of a run of which nothing has come yet: it goes over into the run's own with its first event, or ends when there was none. */
export function streamWhenKnown(waiting: Waiting): Reply {
  return eventStream((sink) => new RunAwaited(waiting, sink).start());
}

class RunAwaited {
  readonly #timers: NodeJS.Timeout[] = [];
  #leave: () => void = () => {};
  #asking: NodeJS.Timeout | null = null;
  #isOver = false;

  constructor(
    readonly waiting: Waiting,
    readonly sink: Sink,
  ) {}

  start(): void {
    const { waiting, sink } = this;
    sink.write(Buffer.from(sseComment(waiting.greeting)));
    const beat = Buffer.from(sseComment(waiting.heartbeat));
    this.#timers.push(setInterval(() => sink.write(beat), heartbeatMs));
    this.#timers.push(setTimeout(() => this.#giveUp(), waiting.waitMs));
    this.#leave = services().hub.onFeed(waiting.projectId, () => this.#askSoon());
    sink.onClose(() => this.#stop());
    // What was committed between the question before this stream and its beginning has told nobody.
    this.#askSoon();
  }

  #askSoon(): void {
    this.#asking ??= setTimeout(() => void this.#ask(), askAgainMs);
  }

  async #ask(): Promise<void> {
    // Free again before the answer: what is committed meanwhile asks anew.
    this.#asking = null;
    try {
      const run = await this.waiting.find();
      if (run === null || this.#isOver) return;
      this.#stop();
      const reply = this.waiting.open(run);
      if (reply.kind === "stream") reply.start(this.sink);
      else this.sink.end();
    } catch (error) {
      services().log.warn({ err: error }, "a stream could not find its run");
      this.sink.cut();
    }
  }

  #giveUp(): void {
    this.#stop();
    this.sink.write(Buffer.from(sseFrame(this.waiting.otherwise)));
    this.sink.end();
  }

  #stop(): void {
    this.#isOver = true;
    this.#leave();
    for (const timer of this.#timers) clearTimeout(timer);
    if (this.#asking !== null) clearTimeout(this.#asking);
  }
}
