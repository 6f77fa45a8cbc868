import { services } from "../services";
import { Turns } from "../turns";
import type { StoredEvent } from "./append/plan";
import type { CachedRun } from "./append/run-cache";
import { pageEvents, readEvents } from "./read";

type Page = {
  readonly from: number;
  readonly limit: number;
  /** Filters events; null = all. */
  readonly matches: ((stored: StoredEvent) => boolean) | null;
  /** How many matching events to skip first. */
  readonly skip?: number;
  /** Keeps every literal as the sender wrote it, for displaying an event. */
  readonly exact?: boolean;
  /** A filter with few matches may read a whole run: after this long it starts no further page. */
  readonly forMs?: number;
  /** Called at the end with how far it has read. */
  readonly lookedUpTo?: (seq: number) => void;
};

/** Decoding and writing a page blocks the process: long events take a moment for each half megabyte. */
const listBytes = 512 * 1024;

/** Filters read far more than they return: however many run, other requests wait for one page of one filter at most. */
const filterTurns = new Turns();

/**
 * Events of a run from seq `from` that pass the filter, at most `limit`, page by page: together they may be a gigabyte. The filter works on
 * what an adapter reads today, not on the type once stored, so a filtered list reads on until it is full.
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
  // The log may have grown meanwhile, and retention may have removed its end.
  lookedUpTo?.(Math.max(run.lastSeq, lookedTo));
}
