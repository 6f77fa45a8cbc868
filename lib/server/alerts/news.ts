import type { TransactionSql } from "postgres";

/** The most commits that one turn processes. */
const mostCommits = 2_000;

/** What is new in the feed, as far as rules care. */
export type News = {
  readonly upTo: number;
  readonly more: boolean;
  readonly runIds: ReadonlySet<string>;
  /** Some run has ended. */
  readonly ended: boolean;
  /** Some run was told that it crossed a budget. */
  readonly crossed: boolean;
  /** When each source was last heard from, by our clock. */
  readonly heard: ReadonlyMap<string, number>;
};

/** What was committed after this place in the feed. */
export async function newsOf(tx: TransactionSql, projectId: string, after: number): Promise<News> {
  // Read the head first: every row up to it is then visible, so a gap means retention and not a commit under way.
  const [head] = await tx`select seq from feed_heads where project_id = ${projectId}`;
  const rows = await tx`
    select f.run_id, max(f.feed_seq) as feed_seq, count(*)::int as commits, max(f.at_ms) as at_ms, r.source_id, r.ended_at_ms is not null as ended,
      min(f.at_ms) as from_ms
    from (select run_id, feed_seq, at_ms from feed where project_id = ${projectId} and feed_seq > ${after} order by feed_seq limit ${mostCommits}) f
    join runs r on r.project_id = ${projectId} and r.id = f.run_id
    group by f.run_id, r.source_id, r.ended_at_ms`;
  const last = rows.reduce((most, row) => Math.max(most, Number(row.feed_seq)), after);
  const more = rows.reduce((sum, row) => sum + row.commits, 0) >= mostCommits;
  const fromMs = Math.min(...rows.map((row) => Number(row.from_ms)));
  const heard = new Map<string, number>();
  for (const row of rows) heard.set(row.source_id, Math.max(heard.get(row.source_id) ?? 0, Number(row.at_ms)));
  return {
    upTo: more ? last : Math.max(last, Number(head?.seq ?? 0)),
    more,
    runIds: new Set(rows.map((row) => row.run_id)),
    ended: rows.some((row) => row.ended),
    crossed: rows.length > 0 && (await isCrossed(tx, projectId, fromMs)),
    heard,
  };
}

/** A crossing commits with the events that caused it, at the same time by our clock. */
async function isCrossed(tx: TransactionSql, projectId: string, fromMs: number): Promise<boolean> {
  const [row] = await tx`
    select from budgets b cross join lateral (
      select from budget_crossings c where c.project_id = b.project_id and c.budget_id = b.id and c.at_ms >= ${fromMs - 1_000} limit 1
    ) c where b.project_id = ${projectId} limit 1`;
  return row !== undefined;
}

export async function noteHeard(tx: TransactionSql, projectId: string, heard: ReadonlyMap<string, number>): Promise<void> {
  if (heard.size === 0) return;
  const records = JSON.stringify([...heard].map(([source, atMs]) => ({ s: source, a: atMs })));
  await tx`
    insert into alert_heard as h (project_id, source_id, at_ms)
    select ${projectId}, t.s, t.a from json_to_recordset(${records}::text::json) as t(s uuid, a bigint)
    on conflict (project_id, source_id) do update set at_ms = greatest(h.at_ms, excluded.at_ms)`;
}
