import type { ApiEvent } from "@/lib/core/api/event";
import type { Clock } from "./clock";
import { GapFreeCursor, type GapFreeCursorOptions } from "./gap-free-cursor";
import type { OwnerMessage } from "./protocol";

export type Tab = { readonly send: (message: OwnerMessage) => void };

type TabEntry = { readonly tab: Tab; readonly cursors: Map<string, GapFreeCursor>; heardAtMs: number };

export type TabTableOptions = {
  readonly clock: Clock;
  readonly random: () => number;
  readonly readPage: (runId: string, from: number, signal: AbortSignal) => ReturnType<GapFreeCursorOptions["readPage"]>;
};

/** What the server carries on one stream; beyond it the runs opened first are live only in the feed. */
const mostRuns = 50;

/** Which tab follows which run, and up to where each has been served. */
export class TabTable {
  readonly #tabs = new Map<Tab, TabEntry>();
  #speaker: Tab | null = null;
  /** Highest seq that went through the connection, per run that it carries, followed or not: who follows it anew learns what went by. */
  readonly #positions = new Map<string, number>();
  readonly #options: TabTableOptions;

  constructor(options: TabTableOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#tabs.size;
  }

  get behind(): number {
    let sum = 0;
    for (const { cursors } of this.#tabs.values()) for (const cursor of cursors.values()) sum += cursor.behind;
    return sum;
  }

  has(tab: Tab): boolean {
    return this.#tabs.has(tab);
  }

  /** Makes the tab follow exactly `runs` (run id -> last seq it has). A run that it follows already keeps its cursor. */
  watch(tab: Tab, runs: Readonly<Record<string, number>>): void {
    const entry = this.#entry(tab);
    for (const [runId, cursor] of entry.cursors) {
      if (runId in runs) continue;
      cursor.close();
      entry.cursors.delete(runId);
    }
    for (const [runId, lastSeq] of Object.entries(runs)) {
      if (entry.cursors.has(runId)) continue;
      const cursor = this.#cursor(tab, runId, lastSeq);
      entry.cursors.set(runId, cursor);
      const position = Math.max(this.#positions.get(runId) ?? 0, lastSeq);
      this.#positions.set(runId, position);
      cursor.reachTo(position);
    }
  }

  drop(tab: Tab): void {
    for (const cursor of this.#tabs.get(tab)?.cursors.values() ?? []) cursor.close();
    this.#tabs.delete(tab);
    this.#chooseSpeaker();
  }

  /** The tab that has been there longest speaks for all, so that a browser notifies once and not once a tab. */
  #chooseSpeaker(): void {
    const next = this.#tabs.keys().next().value ?? null;
    if (next === this.#speaker) return;
    this.#speaker = next;
    next?.send({ type: "speaker", speaks: true });
  }

  dropSilent(silenceMs: number): void {
    const now = this.#options.clock.now();
    for (const [tab, entry] of this.#tabs) if (now - entry.heardAtMs > silenceMs) this.drop(tab);
  }

  /** Where a new connection has to start for each followed run so that no tab misses anything. */
  startingPoints(): Map<string, number> {
    const points = new Map<string, number>();
    for (const { cursors } of this.#tabs.values())
      for (const [runId, cursor] of cursors) points.set(runId, Math.min(points.get(runId) ?? Number.POSITIVE_INFINITY, cursor.lastSeq));
    return new Map([...points].slice(-mostRuns));
  }

  serve(runId: string, events: readonly ApiEvent[]): void {
    const last = events.at(-1)?.seq;
    if (last === undefined) return;
    this.#positions.set(runId, Math.max(this.#positions.get(runId) ?? 0, last));
    for (const { cursors } of this.#tabs.values()) cursors.get(runId)?.accept(events);
  }

  /** A new connection is up that carries only these. */
  carried(runs: ReadonlySet<string>): void {
    for (const runId of this.#positions.keys()) if (!runs.has(runId)) this.#positions.delete(runId);
  }

  /** The run's cursors are void: whoever followed it has to ask anew. */
  reset(runId: string, reason: string): void {
    for (const { tab, cursors } of this.#tabs.values()) {
      const cursor = cursors.get(runId);
      if (!cursor) continue;
      cursor.close();
      cursors.delete(runId);
      tab.send({ type: "reset", runId, reason });
    }
    this.#positions.delete(runId);
  }

  broadcast(message: OwnerMessage): void {
    for (const { tab } of this.#tabs.values()) tab.send(message);
  }

  followed(): Set<string> {
    return new Set(this.startingPoints().keys());
  }

  #entry(tab: Tab): TabEntry {
    const known = this.#tabs.get(tab);
    const heardAtMs = this.#options.clock.now();
    if (known) {
      known.heardAtMs = heardAtMs;
      return known;
    }
    const entry: TabEntry = { tab, cursors: new Map(), heardAtMs };
    this.#tabs.set(tab, entry);
    this.#chooseSpeaker();
    return entry;
  }

  #cursor(tab: Tab, runId: string, lastSeq: number): GapFreeCursor {
    return new GapFreeCursor({
      lastSeq,
      clock: this.#options.clock,
      random: this.#options.random,
      readPage: (from, signal) => this.#options.readPage(runId, from, signal),
      emit: (events) => tab.send({ type: "events", runId, events }),
    });
  }
}
