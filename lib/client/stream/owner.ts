import type { AlertNews, AlertNewsEntry } from "@/lib/core/alerts/alert";
import type { ApiEvent, EventPage } from "@/lib/core/api/event";
import { backoffMs } from "./backoff";
import type { Clock } from "./clock";
import { gapPageSize } from "./gap-free-cursor";
import { type Connection, type FeedFrame, tabSilenceMs, type Watch } from "./protocol";
import { openSseConnection, type SseEnd, type SseFrame } from "./sse-connection";
import { type Tab, TabTable } from "./tab-table";

export type StreamOwnerOptions = {
  /** Origin of the server, "" for the page's own. */
  readonly origin: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly random: () => number;
};

type Link = { readonly runs: Set<string>; readonly close: () => void; greeted: boolean };

const silenceMs = 25_000;
const settleMs = 20;
const lingerMs = 3_000;
const reportMs = 1_000;
/** As many as the server tells of after a long silence. */
const recentAlerts = 50;

/**
 * The one reader of `GET /api/stream` for all tabs. It follows the project's feed and the runs that tabs have open,
 * opens the new connection before it closes the old one when that set changes, and resumes each by its own cursor.
 */
export class StreamOwner {
  readonly #options: StreamOwnerOptions;
  readonly #tabs: TabTable;
  #current: Link | null = null;
  #next: Link | null = null;
  #attempt = 0;
  #feedSeq: number | null = null;
  /** The newest entry of the alerts' log that tabs were told of, and how alerts stood then. */
  #alerts: AlertNews | null = null;
  /** What a tab that joins late may have missed since its page was drawn. */
  #recentAlerts: readonly AlertNewsEntry[] = [];
  /** The oldest log entry up to which a tab knew the alerts, before any was heard of here. */
  #alertsFrom: number | null = null;
  #connection: Connection = { status: "connecting" };
  #serverAheadMs = 0;
  #lagMs: number | null = null;
  #cancelOpen: (() => void) | null = null;
  #openAtMs = Number.POSITIVE_INFINITY;
  #cancelReport: (() => void) | null = null;

  constructor(options: StreamOwnerOptions) {
    this.#options = options;
    this.#tabs = new TabTable({
      clock: options.clock,
      random: options.random,
      readPage: (runId, from, signal) => this.#readPage(runId, from, signal),
    });
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** Tells everything that the tab follows; joins it when it is new, and shows that it is alive. */
  watch(tab: Tab, { runs, alerts }: Watch): void {
    const joined = !this.#tabs.has(tab);
    this.#tabs.watch(tab, runs);
    this.#tabs.dropSilent(tabSilenceMs);
    if (joined) {
      if (alerts !== null) this.#alertsFrom = Math.min(this.#alertsFrom ?? alerts, alerts);
      tab.send({ type: "connection", connection: this.#connection });
      if (this.#current) tab.send({ type: "feed-started" });
      if (this.#alerts) {
        const missed = this.#recentAlerts.filter(({ n }) => alerts !== null && n > alerts);
        tab.send({ type: "alerts", news: { ...this.#alerts, entries: missed } });
      }
      if (this.#connection.status === "disconnected") this.retry();
    }
    this.#adjust();
  }

  leave(tab: Tab): void {
    this.#tabs.drop(tab);
    if (this.#tabs.size > 0) this.#adjust();
    else this.#stop();
  }

  /** Tries at once instead of at the announced time: a person asked, or the network came back. */
  retry(): void {
    if (this.#tabs.size === 0 || this.#current) return;
    this.#attempt = 0;
    this.#scheduleOpen(0);
  }

  /** Sees to it that a connection carries every followed run, soon; one that carries too many is replaced later. */
  #adjust(): void {
    if (this.#connection.status === "disconnected" && this.#connection.reason === "signed-out") return;
    const link = this.#next ?? this.#current;
    if (!link) {
      if (this.#cancelOpen === null) this.#scheduleOpen(settleMs);
      return;
    }
    const wanted = this.#tabs.followed();
    const lacks = [...wanted].some((runId) => !link.runs.has(runId));
    if (lacks) this.#scheduleOpen(settleMs);
    else if (link.runs.size > wanted.size) this.#scheduleOpen(lingerMs);
  }

  #scheduleOpen(delayMs: number): void {
    const atMs = this.#options.clock.now() + delayMs;
    if (this.#cancelOpen && this.#openAtMs <= atMs) return;
    this.#cancelOpen?.();
    this.#openAtMs = atMs;
    this.#cancelOpen = this.#options.clock.after(delayMs, () => this.#open());
  }

  #open(): void {
    this.#forgetSchedule();
    this.#next?.close();
    const points = this.#tabs.startingPoints();
    const runs = [...points].map(([runId, lastSeq]) => `${encodeURIComponent(runId)}:${lastSeq}`).join(",");
    const link: Link = {
      runs: new Set(points.keys()),
      greeted: false,
      close: openSseConnection({
        url: `${this.#options.origin}/api/stream?alerts=${this.#alerts?.n ?? this.#alertsFrom ?? ""}${runs ? `&runs=${runs}` : ""}`,
        headers: this.#feedSeq === null ? {} : { "last-event-id": String(this.#feedSeq) },
        fetch: this.#options.fetch,
        clock: this.#options.clock,
        silenceMs,
        onFrame: (frame) => this.#take(link, frame),
        onEnd: (end) => this.#ended(link, end),
      }),
    };
    this.#next = link;
    if (!this.#current && this.#connection.status !== "connecting") this.#say({ status: "connecting" });
  }

  #take(link: Link, frame: SseFrame): void {
    if (frame.event === "hello") this.#greet(link, frame.payload as { feedSeq: number; now: string });
    else if (frame.event === "run") this.#takeFeed(frame.payload as FeedFrame);
    else if (frame.event === "alerts") this.#takeAlerts(frame.payload as AlertNews);
    else if (frame.event === "run.events") this.#takeEvents(frame.payload as { runId: string; events: readonly ApiEvent[] });
    else if (frame.event === "reset") this.#takeReset(frame.payload as { runId?: string; reason: string });
  }

  #greet(link: Link, hello: { feedSeq: number; now: string }): void {
    if (link.greeted) return;
    link.greeted = true;
    this.#serverAheadMs = Date.parse(hello.now) - this.#options.clock.now();
    this.#attempt = 0;
    const old = this.#current;
    this.#current = link;
    this.#next = null;
    old?.close();
    this.#tabs.carried(link.runs);
    if (this.#feedSeq === null) {
      this.#feedSeq = hello.feedSeq;
      this.#tabs.broadcast({ type: "feed-started" });
    }
    this.#say(this.#live());
    this.#adjust();
  }

  /** Two connections overlap for a moment: what both tell is told once. */
  #takeAlerts(news: AlertNews): void {
    const after = this.#alerts?.n ?? 0;
    const fresh = { ...news, entries: news.entries.filter((entry) => entry.n > after) };
    this.#alerts = { ...news, entries: [] };
    this.#recentAlerts = [...this.#recentAlerts, ...fresh.entries].slice(-recentAlerts);
    this.#tabs.broadcast({ type: "alerts", news: fresh });
  }

  #takeFeed(frame: FeedFrame): void {
    this.#feedSeq = Math.max(this.#feedSeq ?? 0, frame.feedSeq);
    this.#tabs.broadcast({ type: "feed", frames: [frame] });
  }

  #takeEvents({ runId, events }: { runId: string; events: readonly ApiEvent[] }): void {
    const last = events.at(-1);
    if (!last) return;
    this.#lagMs = Math.max(0, this.#options.clock.now() + this.#serverAheadMs - Date.parse(last.receivedAt));
    this.#tabs.serve(runId, events);
    this.#reportSoon();
  }

  #takeReset({ runId, reason }: { runId?: string; reason: string }): void {
    if (runId !== undefined) {
      this.#current?.runs.delete(runId);
      this.#next?.runs.delete(runId);
      this.#tabs.reset(runId, reason);
      return;
    }
    this.#feedSeq = null;
    this.#tabs.broadcast({ type: "feed-started" });
  }

  #ended(link: Link, { status, reason }: SseEnd): void {
    if (link === this.#current) this.#current = null;
    else if (link === this.#next) this.#next = null;
    else return;
    if (status === 401 || status === 403) this.#signedOut();
    else if (!this.#next) this.#reconnect(reason);
  }

  #reconnect(reason: string): void {
    const delayMs = backoffMs(this.#attempt, this.#options.random());
    this.#attempt += 1;
    this.#scheduleOpen(delayMs);
    if (!this.#current) this.#say({ status: "reconnecting", retryAtMs: this.#openAtMs, reason });
  }

  #signedOut(): void {
    this.#stop();
    this.#say({ status: "disconnected", reason: "signed-out" });
  }

  #stop(): void {
    this.#current?.close();
    this.#next?.close();
    this.#current = null;
    this.#next = null;
    this.#attempt = 0;
    this.#feedSeq = null;
    this.#alerts = null;
    this.#alertsFrom = null;
    this.#recentAlerts = [];
    this.#forgetSchedule();
    this.#cancelReport?.();
    this.#cancelReport = null;
    this.#connection = { status: "connecting" };
  }

  #forgetSchedule(): void {
    this.#cancelOpen?.();
    this.#cancelOpen = null;
    this.#openAtMs = Number.POSITIVE_INFINITY;
  }

  #live(): Connection {
    return { status: "live", lagMs: this.#lagMs, buffered: this.#tabs.behind, serverAheadMs: this.#serverAheadMs };
  }

  #reportSoon(): void {
    this.#cancelReport ??= this.#options.clock.after(reportMs, () => {
      this.#cancelReport = null;
      if (this.#connection.status === "live") this.#say(this.#live());
    });
  }

  #say(connection: Connection): void {
    this.#connection = connection;
    this.#tabs.broadcast({ type: "connection", connection });
  }

  async #readPage(runId: string, from: number, signal: AbortSignal): Promise<EventPage> {
    const url = `${this.#options.origin}/api/runs/${encodeURIComponent(runId)}/events?from=${from}&limit=${gapPageSize}`;
    const response = await this.#options.fetch(url, { signal, credentials: "same-origin", headers: { accept: "application/json" } });
    if (!response.ok) throw new Error(`events of ${runId}: ${response.status}`);
    return (await response.json()) as EventPage;
  }
}
