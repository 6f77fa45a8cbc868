import type { LoggedEvent } from "@/lib/core/events/logged";
import type { StoredEvent } from "../events/append/plan";

const mostEvents = 30_000;
/** Of an event of a commit, on the average: longer ones are read again. */
const mostChars = 2_048;

/** The latest events of runs that grow, as they were committed: who folds them on need not read and decode them again. Bounded. */
export class RecentEvents {
  /** Per run without a hole, in order of seq. */
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
    // Put at the end: the run that did not grow for longest leaves first.
    this.#runs.delete(runId);
    this.#runs.set(runId, list);
    this.#count += events.length;
    for (const oldest of this.#runs.keys()) {
      if (this.#count <= mostEvents) break;
      this.#forget(oldest);
    }
  }

  /** The events `from` .. `from + count - 1`, and lets go of them and of those before; null when they are not all here. */
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
