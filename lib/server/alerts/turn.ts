import type { TransactionSql } from "postgres";
import { services } from "../services";

type Turn = { readonly logSeq: number; readonly nowMs: number };

/** Changes the project's alerts under the lock that evaluation holds, so that the two never interleave; notifies readers afterwards. */
export async function inTurn<T>(projectId: string, work: (tx: TransactionSql, turn: Turn) => Promise<T>): Promise<T> {
  const { pool, now, alerts } = services();
  const result: { given?: T } = {};
  await pool.begin(async (tx) => {
    // The update takes the lock even when the row exists.
    const [turn] = await tx`
      insert into alert_turns as t (project_id, active, feed_seq, due_at_ms, log_seq, revision)
      select ${projectId}, false, seq, 0, 0, 0 from feed_heads where project_id = ${projectId}
      on conflict (project_id) do update set revision = t.revision + 1 returning log_seq`;
    result.given = await work(tx, { logSeq: Number(turn?.log_seq ?? 0), nowMs: now() });
  });
  alerts.changed(projectId);
  return result.given as T;
}

/** Evaluation starts with the first enabled rule and stops with the last; commits in between are not processed. */
export async function noteRules(tx: TransactionSql, projectId: string): Promise<void> {
  await tx`
    update alert_turns t set due_at_ms = 0, active = r.any, feed_seq = case when t.active then t.feed_seq else h.seq end
    from (select exists (select from alert_rules where project_id = ${projectId} and enabled) as any) r, feed_heads h
    where t.project_id = ${projectId} and h.project_id = ${projectId}`;
}

type Ending = Turn & { readonly projectId: string; readonly ruleId: string };

/** Ends the firing alerts of a rule that is no longer evaluated. No notification is sent, because a person did it. */
export async function endAlertsOf(tx: TransactionSql, { projectId, ruleId, nowMs, logSeq }: Ending): Promise<void> {
  await tx`
    with ended as (
      update alerts set level = 'ok', ended_at_ms = ${nowMs}, muted_until_ms = null
      where project_id = ${projectId} and rule_id = ${ruleId} and ended_at_ms is null returning id
    ), logged as (
      insert into alert_log (project_id, n, alert_id, at_ms, step, level, told)
      select ${projectId}, ${logSeq} + row_number() over (order by id), id, ${nowMs}, 'ended', 'ok', false from ended returning n
    )
    update alert_turns set log_seq = greatest(log_seq, (select max(n) from logged)) where project_id = ${projectId}`;
  await tx`delete from alert_states where project_id = ${projectId} and rule_id = ${ruleId}`;
}
