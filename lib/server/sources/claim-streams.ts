import type { Pool } from "@/db/client";
import type { Dialect } from "@/lib/core/dialect";

/** A stream that this process is following. */
export type HeldStream = {
  readonly projectId: string;
  readonly id: string;
  readonly source: { readonly id: string; readonly dialect: Dialect; readonly name: string };
  readonly address: string | null;
  /** Sealed. */
  readonly token: string | null;
  readonly url: string;
  readonly body: string | null;
  readonly run: string | null;
  readonly cursor: string | null;
  readonly lastEventAtMs: number | null;
  readonly tries: number;
  /** Unique to this claim: the holder of an earlier claim, even in the same process, can no longer change anything. */
  readonly heldBy: string;
};

type Claim = { readonly nowMs: number; readonly holdMs: number; readonly limit: number };

/** Claims streams that are due and that no live process holds. */
export async function claimStreams(pool: Pool, { nowMs, holdMs, limit }: Claim): Promise<HeldStream[]> {
  const rows = await pool`
    update source_streams t set held_by = gen_random_uuid(), held_until_ms = ${nowMs + holdMs}, connected_at_ms = null
    from (
      select project_id, id from source_streams
      where status = 'following' and next_try_ms <= ${nowMs} and (held_until_ms is null or held_until_ms <= ${nowMs})
      order by next_try_ms limit ${limit} for update skip locked
    ) due, sources s
    where t.project_id = due.project_id and t.id = due.id and s.project_id = t.project_id and s.id = t.source_id
    returning t.project_id, t.id, t.source_id, s.dialect, s.name, s.address, s.token, t.url, t.body, t.run, t.cursor, t.last_event_at_ms, t.tries, t.held_by`;
  return rows.map((row) => ({
    projectId: row.project_id,
    id: row.id,
    source: { id: row.source_id, dialect: row.dialect as Dialect, name: row.name },
    address: row.address,
    token: row.token,
    url: row.url,
    body: row.body,
    run: row.run,
    cursor: row.cursor,
    lastEventAtMs: row.last_event_at_ms === null ? null : Number(row.last_event_at_ms),
    tries: row.tries,
    heldBy: row.held_by,
  }));
}

/** Renews the claims; returns the streams that their holder should keep following. */
export async function holdStreams(pool: Pool, held: { streams: readonly HeldStream[]; untilMs: number }): Promise<Set<HeldStream>> {
  if (held.streams.length === 0) return new Set();
  const rows = await pool`
    update source_streams set held_until_ms = ${held.untilMs}
    where id = any(${held.streams.map(({ id }) => id)}::uuid[]) and held_by = any(${held.streams.map(({ heldBy }) => heldBy)}::uuid[])
      and status = 'following' returning held_by`;
  const kept = new Set(rows.map((row) => row.held_by as string));
  return new Set(held.streams.filter(({ heldBy }) => kept.has(heldBy)));
}

/** Records that a stream's POST is about to be sent; false if this claim was lost or the stream was paused. */
export async function noteSent(pool: Pool, stream: HeldStream): Promise<boolean> {
  const rows = await pool`
    update source_streams set tries = 1
    where project_id = ${stream.projectId} and id = ${stream.id} and held_by = ${stream.heldBy} and status = 'following' and tries = 0
    returning id`;
  return rows.length > 0;
}

type Progress = {
  readonly cursor?: string | null;
  readonly run?: string;
  readonly events?: number;
  readonly duplicates?: number;
  readonly lagMs?: number | null;
  readonly connected?: boolean;
};

/** Records a stream's progress, as long as this claim holds it. */
export async function noteStream(pool: Pool, stream: HeldStream, nowMs: number, progress: Progress): Promise<void> {
  const { cursor = null, run = null, events = 0, duplicates = 0, lagMs = null, connected = false } = progress;
  const came = events + duplicates > 0;
  await pool`
    update source_streams set cursor = coalesce(${cursor}, cursor), run = coalesce(run, ${run}), events = events + ${events},
      duplicates = duplicates + ${duplicates}, lag_ms = coalesce(${lagMs}, lag_ms),
      last_event_at_ms = case when ${came} then ${nowMs} else last_event_at_ms end,
      tries = case when ${events > 0} and body is null then 0 else tries end,
      error = case when ${came || connected} then null else error end,
      connected_at_ms = case when ${connected} then ${nowMs} else connected_at_ms end
    where project_id = ${stream.projectId} and id = ${stream.id} and held_by = ${stream.heldBy}`;
}

export type StreamEnd =
  | { readonly status: "ended" }
  | { readonly status: "failed"; readonly error: string }
  | { readonly status: "following"; readonly error: string | null; readonly nextTryMs: number; readonly tries: number };

/** Releases a stream with its outcome; one that was paused or taken over in the meantime stays as it is. */
export async function releaseStream(pool: Pool, stream: HeldStream, end: StreamEnd): Promise<void> {
  const again = end.status === "following" ? end : null;
  await pool`
    update source_streams set status = ${end.status}, error = ${end.status === "ended" ? null : end.error}, connected_at_ms = null,
      tries = coalesce(${again?.tries ?? null}, tries), next_try_ms = coalesce(${again?.nextTryMs ?? null}, next_try_ms),
      held_by = null, held_until_ms = null
    where project_id = ${stream.projectId} and id = ${stream.id} and held_by = ${stream.heldBy} and status = 'following'`;
  await pool`
    update source_streams set held_by = null, held_until_ms = null, connected_at_ms = null
    where project_id = ${stream.projectId} and id = ${stream.id} and held_by = ${stream.heldBy}`;
}
