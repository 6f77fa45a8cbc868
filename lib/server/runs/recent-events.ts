import type { LoggedEvent } from "@/lib/core/events/logged";
import type { StoredEvent } from "../events/append/plan";

const mostEvents = 30_000;
/** Characters per event of a commit, on average; longer commits are read from the database again. */
const mostChars = 2_048;

/** The latest events of growing runs, as they were committed, so that folding them does not read and decode them again. Bounded. */
export class RecentEvents {
  /** Per run, without gaps, in order of seq. */
  readonly #runs = new Map<string, LoggedEvent[]>();
  #count = 0;

  keep(runId: string, events: readonly Pick<StoredEvent, "event" | "rawText">[]): void {
    const kept = this.#runs.get(runId) ?? [];
    const last = kept.at(-1)?.seq;
    if (last !== undefined && events[0]?.event.seq !== last + 1) this.#forget(runId);
    if (events.reduce((sum, { rawText }) => sum + rawText.length, 0) > events.length * mostChars) {
      this.#forget(runId);
      return;
    }
    const list = this.#runs.get(runId) ?? [];
    for (const { event } of events) list.push(event);
    // Moved to the end: the run that has not grown for longest is evicted first.
    this.#runs.delete(runId);
    this.#runs.set(runId, list);
    this.#count += events.length;
    for (const oldest of this.#runs.keys()) {
      if (this.#count <= mostEvents) break;
      this.#forget(oldest);
    }
  }

  /** The events `from` .. `from + count - 1`, or null if they are not all here. Releases them and everything before. */
  take(runId: string, from: number, count: number): readonly LoggedEvent[] | null {
    const list = this.#runs.get(runId);
    const first = list?.[0]?.seq;
    if (list === undefined || first === undefined || first > from || first + list.length < from + count) return null;
    const taken = list.slice(from - first, from - first + count);
    const left = list.slice(from - first + count);
    this.#count -= list.length - left.length;
    this.#runs.set(runId, left);
    return taken;
  }

  #forget(runId: string): void {
    this.#count -= this.#runs.get(runId)?.length ?? 0;
    this.#runs.delete(runId);
  }
}
