import type { TransactionSql } from "postgres";
import type { Judgement } from "@/lib/core/alerts/judge";
import type { AlertLevel } from "@/lib/core/alerts/words";
import { kindFacts } from "@/lib/core/alerts/words";
import { uuidv7 } from "../uuid";
import type { StoredRule } from "./rule-row";

/** A judgement with its alert; null = on its way to firing. */
export type Ruled = Judgement & { readonly rule: StoredRule; readonly alertId: string | null; readonly opened: boolean };

const badness: Readonly<Record<AlertLevel, number>> = { ok: 0, "no-data": 1, warning: 2, alert: 3 };

/** Gives each judgement its alert: the existing one, or a new one when it starts to fire, muted or not. */
export function withAlert(judgement: Judgement, of: { rule: StoredRule; alertId: string | null; nowMs: number }): Ruled {
  const fires = judgement.level === "warning" || judgement.level === "alert";
  const opened = fires && (of.alertId === null || judgement.from === "ok");
  return { ...judgement, rule: of.rule, opened, alertId: opened ? uuidv7(of.nowMs) : of.alertId };
}

type At = { readonly projectId: string; readonly nowMs: number; readonly logSeq: number };

/** Writes rule states, alerts and their log; returns the number of the newest log entry. */
export async function writeJudgements(tx: TransactionSql, ruled: readonly Ruled[], at: At): Promise<number> {
  const { projectId, nowMs } = at;
  await writeStates(tx, projectId, ruled);
  const told = ruled.filter((one) => one.alertId !== null);
  if (told.length === 0) return at.logSeq;
  await tx`
    insert into alerts (project_id, id, rule_id, rule_name, kind, subject, level, worst, threshold, window_minutes, fired_at_ms)
    select ${projectId}, t.i, t.r, t.n, t.k, t.s, t.l, t.l, 0, t.w, ${nowMs}
    from json_to_recordset(${JSON.stringify(told.filter((one) => one.opened).map(recordOf))}::text::json) as t(i uuid, r uuid, n text, k text, s text, l text, w int)`;
  // An alert on its way to recovery keeps the last value that was over the threshold.
  await tx`
    update alerts a set level = t.l, ended_at_ms = case when t.e is null then null else coalesce(a.ended_at_ms, t.e) end, worst = case when t.b then t.l else a.worst end, muted_until_ms = t.m,
      value = case when t.f then t.v else a.value end, threshold = case when t.f then t.h else a.threshold end,
      about = coalesce(t.a, a.about), run_id = coalesce(t.u, a.run_id), seq = coalesce(t.q, a.seq), measured_from_ms = coalesce(t.c, a.measured_from_ms)
    from json_to_recordset(${JSON.stringify(told.map(recordOf))}::text::json)
      as t(i uuid, l text, b boolean, f boolean, v float8, h float8, a text, u uuid, q bigint, c bigint, e bigint, m bigint)
    where a.project_id = ${projectId} and a.id = t.i`;
  const entries = told.filter((one) => one.step !== null).map((one, index) => ({ ...recordOf(one), n: at.logSeq + index + 1 }));
  await tx`
    insert into alert_log (project_id, n, alert_id, at_ms, step, level, value, told)
    select ${projectId}, t.n, t.i, ${nowMs}, t.p, t.l, t.v, t.d
    from json_to_recordset(${JSON.stringify(entries)}::text::json) as t(n bigint, i uuid, p text, l text, v float8, d boolean)`;
  return at.logSeq + entries.length;

  function recordOf({ alertId, rule, key, level, from, step, notice, finding, state }: Ruled) {
    return {
      ...{ i: alertId, r: rule.id, n: rule.name, k: rule.kind, s: key, l: level, p: step, d: notice !== null },
      ...{ a: finding.about, u: finding.runId, q: finding.seq, c: finding.sinceMs, f: isCrossed(finding.value, rule), v: finding.value },
      b: badness[level] > badness[from],
      h: level === "warning" ? (rule.warning ?? rule.alert) : rule.alert,
      w: kindFacts[rule.kind].windowed ? rule.windowMinutes : null,
      e: level === "ok" ? nowMs : null,
      m: state?.mutedUntilMs ?? null,
    };
  }
}

async function writeStates(tx: TransactionSql, projectId: string, ruled: readonly Ruled[]): Promise<void> {
  const kept = ruled.flatMap(({ rule, key, state, alertId, level }) => {
    if (state === null) return [];
    // An alert that ended while muted is kept until people have been told that it ended.
    return [{ r: rule.id, s: key, t: state, i: level === "ok" && state.told === "ok" ? null : alertId }];
  });
  const forgotten = ruled.filter(({ state }) => state === null).map(({ rule, key }) => ({ r: rule.id, s: key }));
  await tx`
    insert into alert_states (project_id, rule_id, subject, state, alert_id)
    select ${projectId}, t.r, t.s, t.t, t.i from json_to_recordset(${JSON.stringify(kept)}::text::json) as t(r uuid, s text, t json, i uuid)
    on conflict (project_id, rule_id, subject) do update set state = excluded.state, alert_id = excluded.alert_id`;
  await tx`
    delete from alert_states s using json_to_recordset(${JSON.stringify(forgotten)}::text::json) as t(r uuid, s text)
    where s.project_id = ${projectId} and s.rule_id = t.r and s.subject = t.s`;
}

function isCrossed(value: number | null, { warning, alert }: StoredRule): boolean {
  return value !== null && value >= Math.min(warning ?? alert, alert);
}
