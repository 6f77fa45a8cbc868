import type { Pool } from "@/db/client";
import type { Dialect } from "@/lib/core/dialect";
import { emptyRun, foldVersion } from "@/lib/core/run/fold";
import { chunkEvents, type HeldLists, joinRun, pruneRun, type RunChunk, splitRun } from "@/lib/core/run/run-window";
import type { RunState } from "@/lib/core/run/state";
import type { CachedRun } from "../events/append/run-cache";

export type RunKey = Pick<CachedRun, "projectId" | "id" | "pricing">;

/** What the same log folds to changes with the fold, and with the prices that its estimates were made by. */
function versionOf({ pricing }: RunKey): string {
  return pricing === 0 ? foldVersion : `${foldVersion}.${pricing}`;
}

/** Where a run's chunks begin. */
export const runStart: RunState = pruneRun(emptyRun());
const startHeld = JSON.stringify(splitRun(runStart).held);

/** End of the last kept chunk that ends at or before `seq`; 0 = none does. */
export async function keptUpTo(pool: Pool, run: RunKey, seq: number): Promise<number> {
  const [row] = await pool`
    select coalesce(max(seq), 0) as seq from run_snapshots
    where project_id = ${run.projectId} and run_id = ${run.id} and seq <= ${seq} and fold_version = ${versionOf(run)}`;
  return Number(row?.seq ?? 0);
}

/** The pruned state at the end of a chunk; null when it is not kept. */
export async function readKept(pool: Pool, run: RunKey, seq: number): Promise<RunState | null> {
  if (seq === 0) return runStart;
  const [row] = await pool`
    select state, held from run_snapshots
    where project_id = ${run.projectId} and run_id = ${run.id} and seq = ${seq} and fold_version = ${versionOf(run)}`;
  return row ? joinRun(JSON.parse(row.state) as RunState, JSON.parse(row.held) as HeldLists) : null;
}

export async function writeKept(pool: Pool, run: RunKey, kept: { state: RunState; chunk: RunChunk }): Promise<void> {
  const { rest, held } = splitRun(kept.state);
  await pool`
    insert into run_snapshots (project_id, run_id, seq, fold_version, state, held, chunk)
    values (${run.projectId}, ${run.id}, ${kept.chunk.seq}, ${versionOf(run)}, ${JSON.stringify(rest)}, ${JSON.stringify(held)},
      ${JSON.stringify(kept.chunk)})
    on conflict (project_id, run_id, seq) do update
    set state = excluded.state, held = excluded.held, chunk = excluded.chunk, fold_version = excluded.fold_version`;
}

/** What another fold or other prices made. */
export async function dropOutdated(pool: Pool, run: RunKey): Promise<void> {
  await pool`
    delete from run_snapshots where project_id = ${run.projectId} and run_id = ${run.id} and fold_version <> ${versionOf(run)}`;
}

/** Runs of which another fold's chunks are kept, those first that were folded last. */
export async function readOutdated(
  pool: Pool,
  most: number,
): Promise<{ run: RunKey & { source: { dialect: Dialect } }; lastSeq: number }[]> {
  const rows = await pool`
    select r.project_id, r.id, r.dialect, r.pricing, r.last_seq
    from (
      select project_id, run_id, max(created_at) as at from run_snapshots
      group by project_id, run_id having bool_or(split_part(fold_version, '.', 1) <> ${foldVersion})
    ) k join runs r on r.project_id = k.project_id and r.id = k.run_id
    order by k.at desc limit ${most}`;
  return rows.map((row) => ({
    run: { projectId: row.project_id, id: row.id, pricing: row.pricing, source: { dialect: row.dialect as Dialect } },
    lastSeq: Number(row.last_seq),
  }));
}

export async function dropKept(pool: Pool, run: RunKey): Promise<void> {
  await pool`delete from run_snapshots where project_id = ${run.projectId} and run_id = ${run.id}`;
}

export type ChunkTexts = { readonly base: string; readonly chunks: readonly string[] };

/** The chunks that end after `after` up to `upTo`, and what was held where they begin: as the JSON that they are kept as. Null when one is missing. */
export async function readChunkTexts(pool: Pool, run: RunKey, range: { after: number; upTo: number }): Promise<ChunkTexts | null> {
  const [rows, base] = await Promise.all([
    pool`
      select chunk from run_snapshots
      where project_id = ${run.projectId} and run_id = ${run.id} and seq > ${range.after} and seq <= ${range.upTo}
        and fold_version = ${versionOf(run)}
      order by seq`,
    range.after === 0
      ? [{ held: startHeld }]
      : pool`
        select held from run_snapshots
        where project_id = ${run.projectId} and run_id = ${run.id} and seq = ${range.after} and fold_version = ${versionOf(run)}`,
  ]);
  const held = base[0]?.held as string | undefined;
  if (held === undefined || rows.length !== (range.upTo - range.after) / chunkEvents) return null;
  return { base: held, chunks: rows.map((row) => row.chunk as string) };
}
