import { stringifyExact } from "@/lib/core/exact-json";
import type { JsonObject } from "@/lib/core/json";
import type { Frame } from "@/lib/dialects/contract";
import type { CachedRun } from "../events/append/run-cache";
import { eventStream, type Reply, type SocketReply } from "../http/call";
import { services } from "../services";
import type { Sink } from "./sink";
import { heartbeatMs, sseComment, sseFrame } from "./sse";
import { textFrame } from "./text-frame";

type Waiting = {
  readonly projectId: string;
  readonly find: () => Promise<CachedRun | null>;
  /** How long the run may stay unknown. */
  readonly waitMs: number;
  /** The run's own stream. */
  readonly open: (run: CachedRun) => Reply;
};

/** What its reader gets meanwhile: at once, again and again, and last of all where the run never came. */
type Said = { readonly greeting?: Buffer; readonly beat?: Buffer; readonly otherwise: Buffer };

type StreamWaiting = Waiting & { readonly greeting: string; readonly heartbeat: string; readonly otherwise: Frame };

/** A busy project commits hundreds of times a second. */
const askAgainMs = 250;

/** The stream of a run of which nothing has come yet: it goes over into the run's own with its first event, or ends when there was none. */
export function streamWhenKnown({ greeting, heartbeat, otherwise, ...waiting }: StreamWaiting): Reply {
  const said = {
    greeting: Buffer.from(sseComment(greeting)),
    beat: Buffer.from(sseComment(heartbeat)),
    otherwise: Buffer.from(sseFrame(otherwise)),
  };
  return eventStream((sink) => new RunAwaited(waiting, said, sink).start());
}

/** The same over a WebSocket, which is kept awake by its server. */
export function socketWhenKnown({ otherwise, ...waiting }: Waiting & { readonly otherwise: JsonObject }): SocketReply {
  const said = { otherwise: textFrame(stringifyExact(otherwise)) };
  return { kind: "socket", start: (sink) => new RunAwaited(waiting, said, sink).start() };
}

class RunAwaited {
  readonly #timers: NodeJS.Timeout[] = [];
  #leave: () => void = () => {};
  #asking: NodeJS.Timeout | null = null;
  #isOver = false;

  constructor(
    readonly waiting: Waiting,
    readonly said: Said,
    readonly sink: Sink,
  ) {}

  start(): void {
    const { waiting, sink } = this;
    const { greeting, beat } = this.said;
    if (greeting !== undefined) sink.write(greeting);
    if (beat !== undefined) this.#timers.push(setInterval(() => sink.write(beat), heartbeatMs));
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
      if (reply.kind === "full") this.sink.end();
      else reply.start(this.sink);
    } catch (error) {
      services().log.warn({ err: error }, "a stream could not find its run");
      this.sink.cut();
    }
  }

  #giveUp(): void {
    this.#stop();
    this.sink.write(this.said.otherwise);
    this.sink.end();
  }

  #stop(): void {
    this.#isOver = true;
    this.#leave();
    for (const timer of this.#timers) clearTimeout(timer);
    if (this.#asking !== null) clearTimeout(this.#asking);
  }
}
