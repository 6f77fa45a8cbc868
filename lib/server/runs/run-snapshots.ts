import { foldVersion } from "@/lib/core/run/fold";
import type { RunState } from "@/lib/core/run/state";
import type { CachedRun } from "../events/append/run-cache";
import { services } from "../services";

const leastSpacing = 20_000;
/** Snapshots of one run, however long it is: the newest, and others evenly spaced for those who go back. */
const mostSpaced = 8;

/** Events between two snapshots that are kept for going back. */
export function snapshotSpacing(lastSeq: number): number {
  let spacing = leastSpacing;
  while (lastSeq / spacing > mostSpaced) spacing *= 2;
  return spacing;
}

/** What the same log folds to changes with the fold, and with the prices that its estimates were made by. */
function versionOf({ pricing }: CachedRun): string {
  return pricing === 0 ? foldVersion : `${foldVersion}.${pricing}`;
}

/** The nearest kept state at or before `upTo`. */
export async function readSnapshot(run: CachedRun, upTo: number): Promise<RunState | null> {
  const found = await readSnapshotText(run, upTo);
  return found ? (JSON.parse(found.text) as RunState) : null;
}

/** The same as the text that it is kept as, and the event that it is the state at. */
export async function readSnapshotText(run: CachedRun, upTo: number): Promise<{ text: string; seq: number } | null> {
  const [row] = await services().pool`
    select seq, state from run_snapshots
    where project_id = ${run.projectId} and run_id = ${run.id} and seq <= ${upTo} and fold_version = ${versionOf(run)}
    order by seq desc limit 1`;
  return row ? { text: row.state as string, seq: Number(row.seq) } : null;
}

/** Keeps states for later readers, after this one was answered: they save work and nothing depends on them. */
export function keepSnapshots(run: CachedRun, states: readonly RunState[]): void {
  void writeSnapshots(run, states).catch((error: unknown) => services().log.warn({ err: error, run: run.id }, "a snapshot was not kept"));
}

async function writeSnapshots(run: CachedRun, states: readonly RunState[]): Promise<void> {
  const { pool } = services();
  for (const state of states) {
    // One at a time with a pause between: a long state takes a while to write down, and others are served meanwhile.
    await new Promise((resolve) => setImmediate(resolve));
    await pool`
      insert into run_snapshots (project_id, run_id, seq, fold_version, state)
      values (${run.projectId}, ${run.id}, ${state.lifecycle.lastSeq}, ${versionOf(run)}, ${JSON.stringify(state)})
      on conflict (project_id, run_id, seq) do update set state = excluded.state, fold_version = excluded.fold_version`;
  }
  await pool`
    delete from run_snapshots
    where project_id = ${run.projectId} and run_id = ${run.id} and seq % ${snapshotSpacing(run.lastSeq)} <> 0
      and seq < (select max(seq) from run_snapshots where project_id = ${run.projectId} and run_id = ${run.id})`;
}
