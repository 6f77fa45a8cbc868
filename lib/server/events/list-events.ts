import { services } from "../services";
import { Turns } from "../turns";
import type { StoredEvent } from "./append/plan";
import type { CachedRun } from "./append/run-cache";
import { pageEvents, readEvents } from "./read";

type Page = {
  readonly from: number;
  readonly limit: number;
  /** Which events are let through; null = all. */
  readonly matches: ((stored: StoredEvent) => boolean) | null;
  /** So many of those that are let through are passed over first. */
  readonly skip?: number;
  /** Every literal of the sender's in place, for those who look at an event. */
  readonly exact?: boolean;
  /** A filter that finds little may read a whole run: it begins no other stretch after this long. */
  readonly forMs?: number;
  /** Told in the end how far it has looked. */
  readonly lookedUpTo?: (seq: number) => void;
};

/** Nobody else is served while a page is decoded and written: one of long events takes a moment for each half megabyte. */
const listBytes = 512 * 1024;

/** Filters read far more than they give: however many there are, whoever else is served waits for a page of one of them. */
const filterTurns = new Turns();

/**
 * Events of a run from seq `from` on that the filter lets through, at most `limit`, page by page: all at once they may be a gigabyte.
 * The filter works on what an adapter reads today, not on what was once stored as the type, so a filtered list reads on until it is full.
 */
export async function* listEvents(run: CachedRun, page: Page): AsyncGenerator<StoredEvent[]> {
  const { limit, skip = 0, matches, exact, forMs = Number.POSITIVE_INFINITY, lookedUpTo } = page;
  const { pool, now } = services();
  const ref = { projectId: run.projectId, runId: run.id, dialect: run.source.dialect };
  const untilMs = now() + forMs;
  let left = limit;
  let toSkip = skip;
  let lookedTo = 0;
  for (let at = page.from; at <= run.lastSeq; ) {
    const range = { from: at, exact, bytes: listBytes, limit: matches ? pageEvents : Math.min(pageEvents, toSkip + left) };
    const read = () => readEvents(pool, ref, range);
    const stored = await (matches ? filterTurns.take(read) : read());
    const last = stored.at(-1);
    if (last === undefined) break;
    const passed = matches ? stored.filter(matches) : stored;
    const found = passed.slice(toSkip, toSkip + left);
    toSkip = Math.max(0, toSkip - passed.length);
    left -= found.length;
    lookedTo = last.event.seq;
    at = lookedTo + 1;
    if (found.length > 0) yield found;
    if (left === 0) return lookedUpTo?.(found.at(-1)?.event.seq ?? lookedTo);
    if (now() >= untilMs) return lookedUpTo?.(lookedTo);
  }
  // The log may have grown meanwhile, and retention may have taken its end.
  lookedUpTo?.(Math.max(run.lastSeq, lookedTo));
}
