import type { AlertNews } from "@/lib/core/alerts/alert";
import type { ApiEvent } from "@/lib/core/api/event";
import { serverNowMs, setServerAheadMs } from "../time/shared-clock";
import { FrameQueue } from "./frame-queue";
import { type OwnerPort, openOwnerPort } from "./owner-port";
import { type Connection, type FeedFrame, type OwnerMessage, tabHeartbeatMs } from "./protocol";

export type FeedListener = {
  readonly onFrames: (frames: readonly FeedFrame[]) => void;
  /** What was read before may have missed something: read it again. */
  readonly onStart: () => void;
};

export type RunListener = {
  /** Where the listener stands; asked whenever the run has to be followed anew. */
  readonly lastSeq: () => number;
  readonly onEvents: (events: readonly ApiEvent[]) => void;
  readonly onReset: (reason: string) => void;
};

/** This tab's end of the shared stream: one per page, made at first use. */
export class StreamClient {
  #port: OwnerPort | null = null;
  #connection: Connection = { status: "connecting" };
  readonly #connectionListeners = new Set<() => void>();
  readonly #feedListeners = new Set<FeedListener>();
  readonly #runs = new Map<string, RunListener>();
  readonly #feedQueue = new FrameQueue<FeedFrame>((frames) => {
    for (const listener of this.#feedListeners) listener.onFrames(frames);
  });
  readonly #alertListeners = new Set<(news: AlertNews) => void>();
  #alerts: AlertNews | null = null;
  #alertsKnown: number | null = null;
  #speaks = false;
  #announcing = false;
  #feedStarted = false;

  get connection(): Connection {
    return this.#connection;
  }

  onConnection(listener: () => void): () => void {
    this.#connectionListeners.add(listener);
    this.#open();
    return () => this.#connectionListeners.delete(listener);
  }

  followFeed(listener: FeedListener): () => void {
    this.#feedListeners.add(listener);
    this.#open();
    // Who joins late missed the start, and what the feed brought since.
    if (this.#feedStarted) queueMicrotask(() => this.#feedListeners.has(listener) && listener.onStart());
    return () => this.#feedListeners.delete(listener);
  }

  /** Whether this tab shows desktop notifications for all tabs of the browser. */
  get speaks(): boolean {
    return this.#speaks;
  }

  /** How alerts stood when they were last heard of; null = not heard yet. */
  get alerts(): AlertNews | null {
    return this.#alerts;
  }

  /** The page that is shown was drawn when the alerts' log stood at entry `n`: what came behind it is news. */
  alertsKnown(n: number): void {
    this.#alertsKnown ??= n;
    if (this.#port) this.#announce();
  }

  onAlerts(listener: (news: AlertNews) => void): () => void {
    this.#alertListeners.add(listener);
    this.#open();
    return () => this.#alertListeners.delete(listener);
  }

  /** Follows one run; at most one listener per run, which is its store. */
  followRun(runId: string, listener: RunListener): () => void {
    this.#runs.set(runId, listener);
    this.#open();
    this.#announce();
    return () => {
      if (this.#runs.get(runId) !== listener) return;
      this.#runs.delete(runId);
      this.#announce();
    };
  }

  retry(): void {
    this.#port?.post({ type: "retry" });
  }

  #open(): void {
    if (this.#port) return;
    this.#port = openOwnerPort((message) => this.#take(message));
    this.#announce();
    setInterval(() => this.#announce(), tabHeartbeatMs);
    addEventListener("pagehide", () => this.#port?.post({ type: "leave" }));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.#announce();
    });
    addEventListener("pageshow", (event) => {
      if (event.persisted) this.#announce();
    });
  }

  /** Says once per turn, after all changes of the turn, what this tab follows. */
  #announce(): void {
    if (this.#announcing) return;
    this.#announcing = true;
    queueMicrotask(() => {
      this.#announcing = false;
      const port = this.#port;
      if (!port) return;
      const runs = Object.fromEntries([...this.#runs].map(([runId, listener]) => [runId, listener.lastSeq()]));
      port.post({ type: "watch", runs, alerts: this.#alertsKnown, lock: port.lock });
    });
  }

  /** Tabs of one browser were drawn at different moments: each is told only what its page did not know. */
  #takeAlerts(news: AlertNews): void {
    const known = this.#alertsKnown ?? 0;
    this.#alertsKnown = news.n;
    this.#alerts = news;
    const fresh = { ...news, entries: news.entries.filter(({ n }) => n > known) };
    for (const listener of this.#alertListeners) listener(fresh);
  }

  #take(message: OwnerMessage): void {
    switch (message.type) {
      case "connection":
        this.#connection = inPageTime(message.connection);
        if (message.connection.status === "live") setServerAheadMs(message.connection.serverAheadMs);
        for (const listener of this.#connectionListeners) listener();
        return;
      case "feed":
        this.#feedQueue.push(message.frames);
        return;
      case "feed-started":
        this.#feedStarted = true;
        for (const listener of this.#feedListeners) listener.onStart();
        return;
      case "alerts":
        this.#takeAlerts(message.news);
        return;
      case "speaker":
        this.#speaks = message.speaks;
        return;
      case "events":
        this.#runs.get(message.runId)?.onEvents(message.events);
        return;
      case "reset": {
        const listener = this.#runs.get(message.runId);
        this.#runs.delete(message.runId);
        listener?.onReset(message.reason);
      }
    }
  }
}

/** The owner counts by the browser's clock, the page by the server's (`useNow`). */
function inPageTime(connection: Connection): Connection {
  if (connection.status !== "reconnecting") return connection;
  return { ...connection, retryAtMs: connection.retryAtMs + serverNowMs() - Date.now() };
}

let client: StreamClient | null = null;

export function streamClient(): StreamClient {
  client ??= new StreamClient();
  return client;
}
