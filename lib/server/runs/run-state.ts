import type { LoggedEvent } from "@/lib/core/events/logged";
import { emptyRun, fold } from "@/lib/core/run/fold";
import type { RunState } from "@/lib/core/run/state";
import type { CachedRun } from "../events/append/run-cache";
import { readEvents } from "../events/read";
import { services } from "../services";
import { keepSnapshots, readSnapshot, snapshotSpacing } from "./run-snapshots";

const pageSize = 2_000;
/** A fold of more events than this is kept, so that the next reader starts from it. */
const snapshotAfter = 5_000;

/** The fold of the run's log up to now (or up to `upTo`), started from the nearest snapshot. A long fold keeps snapshots on its way. */
export async function runState(run: CachedRun, upTo = Number.MAX_SAFE_INTEGER): Promise<RunState> {
  const spacing = snapshotSpacing(run.lastSeq);
  let state = (await readSnapshot(run, upTo)) ?? emptyRun();
  const began = state.lifecycle.lastSeq;
  const passed: RunState[] = [];
  for await (const stored of pages(run, { after: began, upTo, spacing })) {
    state = fold(state, stored);
    if (state.lifecycle.lastSeq % spacing === 0) passed.push(state);
  }
  const isLong = state.lifecycle.lastSeq - began > snapshotAfter;
  if (isLong) keepSnapshots(run, upTo >= run.lastSeq ? [...passed, state] : passed);
  return state;
}

/** The log in pages that end where a snapshot may be kept. The next page is read while the last one is folded. */
async function* pages(run: CachedRun, range: { after: number; upTo: number; spacing: number }): AsyncIterable<LoggedEvent[]> {
  const ref = { projectId: run.projectId, runId: run.id, dialect: run.source.dialect };
  const read = (from: number) =>
    readEvents(services().pool, ref, { from, limit: Math.min(pageSize, range.spacing - ((from - 1) % range.spacing)) });
  let next = read(range.after + 1);
  for (;;) {
    const stored = await next;
    const events = stored.map((item) => item.event).filter((event) => event.seq <= range.upTo);
    const last = events.at(-1);
    if (!last) return;
    const isLast = events.length < stored.length || last.seq >= Math.min(range.upTo, run.lastSeq);
    if (!isLast) {
      next = read(last.seq + 1);
      // Awaited above after the fold; a failure meanwhile is no unhandled one.
      next.catch(() => {});
    }
    yield events;
    if (isLast) return;
  }
}
