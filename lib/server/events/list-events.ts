import type { TypeFilter } from "@/lib/core/events/type-filter";
import { services } from "../services";
import type { StoredEvent } from "./append/plan";
import type { CachedRun } from "./append/run-cache";
import { pageEvents, readEvents } from "./read";

type Page = {
  readonly from: number;
  readonly limit: number;
  readonly filter: TypeFilter | null;
  /** Every literal of the sender's in place, for those who look at an event. */
  readonly exact?: boolean;
  /** The names by which a filter may ask for an event. */
  readonly names: (stored: StoredEvent) => readonly string[];
};

/** Nobody else is served while a page is decoded and written: one of long events takes a moment for each half megabyte. */
const listBytes = 512 * 1024;

/**
 * Events of a run from seq `from` on that the filter lets through, at most `limit`, page by page: all at once they may be a gigabyte.
 * The filter works on what an adapter reads today, not on what was once stored as the type, so a filtered list reads on until it is full.
 */
export async function* listEvents(run: CachedRun, { from, limit, filter, exact, names }: Page): AsyncGenerator<StoredEvent[]> {
  const ref = { projectId: run.projectId, runId: run.id, dialect: run.source.dialect };
  let left = limit;
  for (let at = from; left > 0 && at <= run.lastSeq; ) {
    const stored = await readEvents(services().pool, ref, {
      ...{ from: at, exact, bytes: listBytes },
      limit: filter ? pageEvents : Math.min(pageEvents, left),
    });
    const last = stored.at(-1);
    if (last === undefined) return;
    const found = (filter ? stored.filter((item) => filter.matches(names(item))) : stored).slice(0, left);
    left -= found.length;
    at = last.event.seq + 1;
    if (found.length > 0) yield found;
  }
}
