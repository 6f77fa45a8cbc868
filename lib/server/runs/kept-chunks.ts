import type { Pool } from "@/db/client";
import type { Dialect } from "@/lib/core/dialect";
import { emptyRun, foldVersion } from "@/lib/core/run/fold";
import type { ListChunk } from "@/lib/core/run/held-list";
import { chunkEvents, type HeldLists, joinRun, pruneRun, type RunChunk, splitRun } from "@/lib/core/run/run-window";
import type { RunState } from "@/lib/core/run/state";
import { DomainError } from "../errors";
import type { CachedRun } from "../events/append/run-cache";

export type RunKey = Pick<CachedRun, "projectId" | "id" | "pricing">;

/** A chunk without its added rows. */
type Changes = {
  readonly spans: Pick<RunChunk["spans"], "from" | "changed">;
  readonly entries: Pick<RunChunk["entries"], "from" | "changed">;
};
type Added<T> = Pick<ListChunk<T>, "from" | "added">;

/** The fold of a log depends on the fold's version and on the prices used for its estimates. */
function versionOf({ pricing }: RunKey): string {
  return pricing === 0 ? foldVersion : `${foldVersion}.${pricing}`;
}

/** The state before a run's first chunk. */
export const runStart: RunState = pruneRun(emptyRun());
const startHeld = JSON.stringify(splitRun(runStart).held);

/** The end of the last stored chunk that ends at or before `seq`; 0 = none. */
export async function keptUpTo(pool: Pool, run: RunKey, seq: number): Promise<number> {
  const [row] = await pool`
    select coalesce(max(seq), 0) as seq from run_snapshots
    where project_id = ${run.projectId} and run_id = ${run.id} and seq <= ${seq} and fold_version = ${versionOf(run)}`;
  return Number(row?.seq ?? 0);
}

/** The pruned state at the end of a chunk; null if it is not stored. */
export async function readKept(pool: Pool, run: RunKey, seq: number): Promise<RunState | null> {
  if (seq === 0) return runStart;
  const [row] = await pool`
    select state, held from run_snapshots
    where project_id = ${run.projectId} and run_id = ${run.id} and seq = ${seq} and fold_version = ${versionOf(run)}`;
  return row ? joinRun(JSON.parse(row.state) as RunState, JSON.parse(row.held) as HeldLists) : null;
}

export async function writeKept(pool: Pool, run: RunKey, kept: { state: RunState; chunk: RunChunk }): Promise<void> {
  const { rest, held } = splitRun(kept.state);
  const { seq, spans, entries } = kept.chunk;
  const changes: Changes = {
    spans: { from: spans.from, changed: spans.changed },
    entries: { from: entries.from, changed: entries.changed },
  };
  await pool`
    insert into run_snapshots (project_id, run_id, seq, fold_version, state, held, spans, entries, changes)
    values (${run.projectId}, ${run.id}, ${seq}, ${versionOf(run)}, ${JSON.stringify(rest)}, ${JSON.stringify(held)},
      ${JSON.stringify(spans.added)}, ${JSON.stringify(entries.added)}, ${JSON.stringify(changes)})
    on conflict (project_id, run_id, seq) do update
    set state = excluded.state, held = excluded.held, spans = excluded.spans, entries = excluded.entries, changes = excluded.changes,
      fold_version = excluded.fold_version`;
}

/** Deletes chunks made with another fold or other prices. */
export async function dropOutdated(pool: Pool, run: RunKey): Promise<void> {
  await pool`
    delete from run_snapshots where project_id = ${run.projectId} and run_id = ${run.id} and fold_version <> ${versionOf(run)}`;
}

/** Runs that have stored chunks of another fold version, the most recently folded first. */
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

/** Both are chunk ends. */
type Range = { readonly after: number; readonly upTo: number };

/** The current fold's chunks that end after `after` and up to `upTo`. */
const isIn = (pool: Pool, run: RunKey, { after, upTo }: Range) =>
  pool`project_id = ${run.projectId} and run_id = ${run.id} and seq > ${after} and seq <= ${upTo} and fold_version = ${versionOf(run)}`;

export type ChunkTexts = { readonly base: string; readonly chunks: readonly string[] };

/** The chunks that end after `after` and up to `upTo`, and the rows held at their start, as the stored JSON. Null if one is missing. */
export async function readChunkTexts(pool: Pool, run: RunKey, range: Range): Promise<ChunkTexts | null> {
  const [rows, base] = await Promise.all([
    pool`select seq, spans, entries, changes from run_snapshots where ${isIn(pool, run, range)} order by seq`,
    range.after === 0
      ? [{ held: startHeld }]
      : pool`
        select held from run_snapshots
        where project_id = ${run.projectId} and run_id = ${run.id} and seq = ${range.after} and fold_version = ${versionOf(run)}`,
  ]);
  const held = base[0]?.held as string | undefined;
  if (held === undefined || rows.length !== (range.upTo - range.after) / chunkEvents) return null;
  return { base: held, chunks: rows.map((row) => chunkText(row as unknown as ChunkRow)) };
}

type ChunkRow = { readonly seq: string; readonly spans: string; readonly entries: string; readonly changes: string };

/** The JSON of a `RunChunk`. Its rows, the bulk of it, are not parsed. */
function chunkText({ seq, spans, entries, changes }: ChunkRow): string {
  const of = JSON.parse(changes) as Changes;
  const list = ({ from, changed }: Changes["spans" | "entries"], added: string) =>
    `{"from":${from},"added":${added},"changed":${JSON.stringify(changed)}}`;
  return `{"seq":${seq},"spans":${list(of.spans, spans)},"entries":${list(of.entries, entries)}}`;
}

/** Whether every chunk up to this chunk end is stored. */
export async function isKeptWhole(pool: Pool, run: RunKey, upTo: number): Promise<boolean> {
  if (upTo === 0) return true;
  const [row] = await pool`select count(*)::int as kept from run_snapshots where ${isIn(pool, run, { after: 0, upTo })}`;
  return row?.kept === upTo / chunkEvents;
}

/** How many chunks a reader of a whole run loads at once: this bounds its memory. */
const chunksAtOnce = 4;

/** The changes that each chunk up to a chunk end made to earlier rows, chunk by chunk. Throws unavailable if one is not stored. */
export async function* readChanges(pool: Pool, run: RunKey, upTo: number): AsyncGenerator<Changes> {
  const texts = inTurn<{ changes: string }>(
    upTo,
    (range) => pool`select changes from run_snapshots where ${isIn(pool, run, range)} order by seq`,
  );
  for await (const { changes } of texts) yield JSON.parse(changes) as Changes;
}

/** The rows that each chunk added to one of the lists, read the same way. */
export async function* readAdded<T>(pool: Pool, run: RunKey, upTo: number, list: "spans" | "entries"): AsyncGenerator<Added<T>> {
  const texts = inTurn<{ changes: string; added: string }>(
    upTo,
    (range) => pool`select changes, ${pool(list)} as added from run_snapshots where ${isIn(pool, run, range)} order by seq`,
  );
  for await (const { changes, added } of texts) {
    yield { from: (JSON.parse(changes) as Changes)[list].from, added: JSON.parse(added) as T[] };
  }
}

async function* inTurn<T>(upTo: number, read: (range: Range) => Promise<readonly unknown[]>): AsyncGenerator<T> {
  for (let after = 0; after < upTo; after += chunksAtOnce * chunkEvents) {
    const range = { after, upTo: Math.min(upTo, after + chunksAtOnce * chunkEvents) };
    const rows = await read(range);
    if (rows.length !== (range.upTo - after) / chunkEvents)
      throw new DomainError("unavailable", "The stored state of this run is being rebuilt.", { retryAfterSeconds: 1 });
    yield* rows as readonly T[];
  }
}
