import type { TransactionSql } from "postgres";
import { emptyRow } from "@/lib/core/run/fold";
import type { RowState } from "@/lib/core/run/state";
import { uuidv7 } from "../../uuid";
import { catchUp } from "../catch-up";
import { findKnown } from "./find-known";
import type { Group } from "./group";
import { KeyFilter } from "./key-filter";
import { type CachedRun, type RunCache, runKey } from "./run-cache";
import { type LockedRow, statements } from "./statements";

export type Locked = {
  /** By `runKey`. */
  readonly runs: ReadonlyMap<string, CachedRun>;
  /** Raw text by dedupe key, by run id. */
  readonly known: ReadonlyMap<string, ReadonlyMap<string, string>>;
};

type Context = { readonly projectId: string; readonly cache: RunCache; readonly nowMs: number };

/** Locks these runs' rows in id order until the transaction ends, creating the missing ones, and finds what the log already holds. */
export async function lockRuns(sql: TransactionSql, { projectId, cache, nowMs }: Context, groups: readonly Group[]): Promise<Locked> {
  const send = statements(sql, projectId);
  const cached = groups.map((group) => cache.get(group.key));
  const missing = groups.filter((_, index) => cached[index] === undefined);
  const made = missing.map((group) => ({ ...group, id: uuidv7(nowMs) }));
  const making = made.length > 0 ? send.makeRuns(made, nowMs) : null;
  const locking = send.lockRuns(
    groups.map((group, index) => ({ ...group, lastSeq: cached[index]?.lastSeq ?? -1, pricing: cached[index]?.pricing ?? 0 })),
  );
  const [rows] = await Promise.all([locking, making]);
  const byKey = new Map(groups.map((group) => [group.key, group]));
  const locked = await catchUp(
    sql,
    rows.map((row) => lockedRun(row, byKey.get(row.key) as Group, { projectId, cache })),
  );
  const runs = new Map(locked.map((run) => [runKey(run.source.id, run.externalId), run]));
  const asked = groups.flatMap(({ key, events }) => {
    const run = runs.get(key);
    return run ? [{ run, events }] : [];
  });
  return { runs, known: await findKnown(sql, projectId, asked) };
}

function lockedRun(row: LockedRow, group: Group, { projectId, cache }: Pick<Context, "projectId" | "cache">): CachedRun {
  const cached = cache.get(row.key);
  // The row sends its state only when ours is outdated: another process may have written to it or repriced it since.
  if (cached && cached.lastSeq === row.lastSeq && cached.pricing === row.pricing) return cached;
  const state = row.state === null ? emptyRow() : (JSON.parse(row.state) as RowState);
  return {
    projectId,
    id: row.id,
    source: group.source,
    externalId: row.externalId,
    kind: row.kind,
    createdAtMs: row.createdAtMs,
    lastSeq: row.lastSeq,
    pricing: row.pricing,
    state,
    stored: { seq: state.lifecycle.lastSeq, atMs: 0, tailChars: 0 },
    keys: row.lastSeq === 0 ? new KeyFilter() : undefined,
  };
}
