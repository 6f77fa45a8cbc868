import type { TypeFilter } from "@/lib/core/events/type-filter";
import { services } from "../services";
import type { StoredEvent } from "./append/plan";
import type { CachedRun } from "./append/run-cache";
import { readEvents } from "./read";

type Page = {
  readonly from: number;
  readonly limit: number;
  readonly filter: TypeFilter | null;
  /** Every literal of the sender's in place, for those who look at an event. */
  readonly exact?: boolean;
  /** The names by which a filter may ask for an event. */
  readonly names: (stored: StoredEvent) => readonly string[];
};

const pageSize = 1_000;

/**
 * Events of a run from seq `from` on that the filter lets through, at most `limit`. The filter works on what an adapter reads
 * today, not on what was once stored as the type, so a filtered page reads on until it is full.
 */
export async function listEvents(run: CachedRun, page: Page): Promise<StoredEvent[]> {
  const ref = { projectId: run.projectId, runId: run.id, dialect: run.source.dialect };
  if (!page.filter) return readEvents(services().pool, ref, { from: page.from, limit: page.limit, exact: page.exact });
  const found: StoredEvent[] = [];
  let from = page.from;
  while (found.length < page.limit) {
    const stored = await readEvents(services().pool, ref, { from, limit: pageSize, exact: page.exact });
    for (const item of stored) if (page.filter.matches(page.names(item))) found.push(item);
    if (stored.length < pageSize) break;
    from = (stored.at(-1) as StoredEvent).event.seq + 1;
  }
  return found.slice(0, page.limit);
}
