import { emptyRun, fold, foldVersion } from "@/lib/core/run/fold";
import type { RunState } from "@/lib/core/run/state";
import type { CachedRun } from "../events/append/run-cache";
import { readEvents } from "../events/read";
import { services } from "../services";

const pageSize = 2_000;
/** A fold of more events than this is kept, so that the next reader starts from it. */
const snapshotAfter = 5_000;

/** The fold of the run's log up to now (or up to `upTo`), started from the nearest snapshot. */
export async function runState(run: CachedRun, upTo = Number.MAX_SAFE_INTEGER): Promise<RunState> {
  const { pool } = services();
  const snapshot = await readSnapshot(run, upTo);
  let state = snapshot ?? emptyRun();
  let folded = 0;
  for (;;) {
    const stored = await readEvents(
      pool,
      { projectId: run.projectId, runId: run.id, dialect: run.source.dialect },
      { from: state.lifecycle.lastSeq + 1, limit: pageSize },
    );
    const events = stored.map((item) => item.event).filter((event) => event.seq <= upTo);
    state = fold(state, events);
    folded += events.length;
    if (stored.length < pageSize || events.length < stored.length) break;
  }
  if (folded > snapshotAfter) await writeSnapshot(run, state);
  return state;
}

async function readSnapshot(run: CachedRun, upTo: number): Promise<RunState | null> {
  const [row] = await services().pool`
    select state from run_snapshots
    where project_id = ${run.projectId} and run_id = ${run.id} and seq <= ${upTo} and fold_version = ${foldVersion}
    order by seq desc limit 1`;
  return row ? (JSON.parse(row.state) as RunState) : null;
}

async function writeSnapshot(run: CachedRun, state: RunState): Promise<void> {
  await services().pool`
    insert into run_snapshots (project_id, run_id, seq, fold_version, state)
    values (${run.projectId}, ${run.id}, ${state.lifecycle.lastSeq}, ${foldVersion}, ${JSON.stringify(state)})
    on conflict (project_id, run_id, seq) do update set state = excluded.state, fold_version = excluded.fold_version`;
}
