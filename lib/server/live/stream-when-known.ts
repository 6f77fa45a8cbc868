import { stringifyExact } from "@/lib/core/exact-json";
import type { JsonObject } from "@/lib/core/json";
import type { Frame } from "@/lib/dialects/contract";
import type { CachedRun } from "../events/append/run-cache";
import { eventStream, type Reply, type SocketReply } from "../http/call";
import { services } from "../services";
import type { Watch } from "./feed-waiters";
import type { Sink } from "./sink";
import { heartbeatMs, sseComment, sseFrame } from "./sse";
import { textFrame } from "./text-frame";

type Waiting = {
  readonly projectId: string;
  /** The run's id as requested. */
  readonly id: string;
  readonly find: () => Promise<CachedRun | null>;
  /** How long the run may stay unknown. */
  readonly waitMs: number;
  /** The run's own stream. */
  readonly open: (run: CachedRun) => Reply;
};

/** What the reader gets meanwhile: at once, repeatedly, and at the end if the run never came. */
type Said = { readonly greeting?: Buffer; readonly beat?: Buffer; readonly otherwise: Buffer };

type StreamWaiting = Waiting & { readonly greeting: string; readonly heartbeat: string; readonly otherwise: Frame };

/** The stream of a run that has no events yet: it turns into the run's own with the first event, or ends if none comes. */
export function streamWhenKnown({ greeting, heartbeat, otherwise, ...waiting }: StreamWaiting): Reply {
  const said = {
    greeting: Buffer.from(sseComment(greeting)),
    beat: Buffer.from(sseComment(heartbeat)),
    otherwise: Buffer.from(sseFrame(otherwise)),
  };
  return eventStream((sink) => new RunAwaited(waiting, said, sink).start());
}

/** The same over a WebSocket, which its server keeps alive. */
export function socketWhenKnown({ otherwise, ...waiting }: Waiting & { readonly otherwise: JsonObject }): SocketReply {
  const said = { otherwise: textFrame(stringifyExact(otherwise)) };
  return { kind: "socket", start: (sink) => new RunAwaited(waiting, said, sink).start() };
}

class RunAwaited {
  readonly #watch: Watch;
  #beats: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(
    readonly waiting: Waiting,
    readonly said: Said,
    readonly sink: Sink,
  ) {
    this.#watch = services().arrivals.watch(waiting.projectId, waiting.id);
  }

  start(): void {
    const { sink } = this;
    const { greeting, beat } = this.said;
    if (greeting !== undefined) sink.write(greeting);
    if (beat !== undefined) this.#beats = setInterval(() => sink.write(beat), heartbeatMs);
    sink.onClose(() => this.#stop());
    void this.#await();
  }

  async #await(): Promise<void> {
    const { waiting, said, sink } = this;
    try {
      // A commit between the lookup before this stream and the start of the watch woke nobody.
      let run = await waiting.find();
      if (run === null && !this.#isOver) {
        await this.#watch.settled(waiting.waitMs);
        if (!this.#isOver) run = await waiting.find();
      }
      if (this.#isOver) return;
      this.#stop();
      if (run === null) sink.write(said.otherwise);
      const reply = run && waiting.open(run);
      if (reply === null || reply.kind === "full") sink.end();
      else reply.start(sink);
    } catch (error) {
      services().log.warn({ err: error }, "a stream could not look up its run");
      sink.cut();
    }
  }

  #stop(): void {
    this.#isOver = true;
    this.#watch.stop();
    clearInterval(this.#beats);
  }
}
