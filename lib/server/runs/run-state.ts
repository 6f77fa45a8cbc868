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
  const ref = { projectId: run.projectId, runId: run.id, dialect: run.source.dialect };
  const spacing = snapshotSpacing(run.lastSeq);
  let state = (await readSnapshot(run, upTo)) ?? emptyRun();
  const began = state.lifecycle.lastSeq;
  const passed: RunState[] = [];
  for (;;) {
    const from = state.lifecycle.lastSeq + 1;
    const stored = await readEvents(services().pool, ref, { from, limit: Math.min(pageSize, spacing - ((from - 1) % spacing)) });
    const events = stored.map((item) => item.event).filter((event) => event.seq <= upTo);
    if (events.length === 0) break;
    state = fold(state, events);
    if (state.lifecycle.lastSeq % spacing === 0) passed.push(state);
    if (events.length < stored.length) break;
  }
  const isLong = state.lifecycle.lastSeq - began > snapshotAfter;
  if (isLong) keepSnapshots(run, upTo >= run.lastSeq ? [...passed, state] : passed);
  return state;
}
