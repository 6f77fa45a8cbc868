import type { TransactionSql } from "postgres";
import type { Pool } from "@/db/client";
import { judge } from "@/lib/core/alerts/judge";
import type { AlertState } from "@/lib/core/alerts/machine";
import { limitsOf } from "@/lib/core/alerts/rule";
import type { Services } from "../services";
import { findingsOf } from "./findings";
import { type News, newsOf, noteHeard } from "./news";
import { type StoredRule, storedRules } from "./rule-row";
import { sendNotices } from "./send-notices";
import { type Ruled, withAlert, writeJudgements } from "./write-judgements";

/** How often time-dependent rules are evaluated. */
const everyMs = 5_000;

/** Which turns are due. One further ahead than a turn is ever scheduled was scheduled before the clock was set back. */
export function dueTurns(pool: Pool, nowMs: number) {
  return pool`(t.due_at_ms <= ${nowMs} or t.due_at_ms > ${nowMs + everyMs})`;
}

type Context = Pick<Services, "pool" | "now" | "publicUrl">;
type Known = {
  readonly ruleId: string;
  readonly subject: string;
  readonly state: AlertState;
  readonly alertId: string | null;
  readonly runId: string | null;
};

export type Judged = { readonly changed: boolean; readonly sent: number; readonly more: boolean };
const nothing: Judged = { changed: false, sent: 0, more: false };

/**
 * Evaluates a project's rules against what is new in its feed and, when due, against the clock. The place in the feed, every alert's state
 * and the resulting deliveries commit together, under the lock of the project's turn: however many servers do it, and whenever one is
 * killed, each crossing is reported once. A server that finds the turn taken leaves.
 */
export function judgeProject(context: Context, projectId: string): Promise<Judged> {
  return context.pool.begin(async (tx) => {
    const nowMs = context.now();
    const [turn] = await tx`
      select feed_seq, log_seq, ${dueTurns(context.pool, nowMs)} as due from alert_turns t where project_id = ${projectId} and active
      for update skip locked`;
    if (!turn) return nothing;
    const news = await newsOf(tx, projectId, Number(turn.feed_seq));
    const rules = (await storedRules(tx, projectId)).filter((rule) => rule.enabled);
    if (rules.some(({ kind }) => kind === "no-data")) await noteHeard(tx, projectId, news.heard);
    const due = turn.due as boolean;
    const known = await knownOf(tx, projectId);
    const asked = rules.filter((rule) => due || isMoved(rule, news, known));
    const ruled: Ruled[] = [];
    for (const rule of asked) ruled.push(...(await judgeRule(rule, { context, tx, projectId, known, nowMs })));
    const logSeq =
      ruled.length === 0 ? Number(turn.log_seq) : await writeJudgements(tx, ruled, { projectId, nowMs, logSeq: Number(turn.log_seq) });
    const sent = await sendNotices(tx, ruled, { projectId, nowMs, publicUrl: context.publicUrl() });
    const changed = ruled.some(isVisible);
    await tx`
      update alert_turns set feed_seq = ${news.upTo}, log_seq = ${logSeq}, revision = revision + ${changed ? 1 : 0}
        ${due ? tx`, due_at_ms = ${nowMs + everyMs}` : tx``}
      where project_id = ${projectId}`;
    return { changed, sent, more: news.more };
  });
}

type Judging = {
  readonly context: Context;
  readonly tx: TransactionSql;
  readonly projectId: string;
  readonly known: readonly Known[];
  readonly nowMs: number;
};

async function judgeRule(rule: StoredRule, { context, tx, projectId, known, nowMs }: Judging): Promise<Ruled[]> {
  const own = new Map(known.filter(({ ruleId }) => ruleId === rule.id).map((one) => [one.subject, one]));
  const found = await findingsOf({ pool: context.pool, tx, projectId, rule, known: [...own.keys()], nowMs });
  const states = new Map([...own].map(([subject, { state }]) => [subject, state]));
  return judge(found, states, { limits: limitsOf(rule), nowMs }).map((judgement) =>
    withAlert(judgement, { rule, alertId: own.get(judgement.key)?.alertId ?? null, nowMs }),
  );
}

/** Clients count durations on by themselves; only a step or a changed count is news. */
function isVisible({ alertId, step, unmuted, rule }: Ruled): boolean {
  return alertId !== null && (step !== null || unmuted || rule.kind === "run-failed" || rule.kind === "error-rate");
}

/** Whether the commits may have changed what this rule finds, apart from the passing of time. */
function isMoved({ id, kind }: StoredRule, { ended, crossed, runIds, heard }: News, known: readonly Known[]): boolean {
  if (ended && (kind === "run-failed" || kind === "error-rate")) return true;
  if (crossed && kind === "budget-crossed") return true;
  // No commit causes a source's silence, and any commit may end it.
  if (kind === "no-data" && heard.size > 0) return known.some(({ ruleId }) => ruleId === id);
  return known.some(({ ruleId, runId }) => ruleId === id && runId !== null && runIds.has(runId));
}

async function knownOf(tx: TransactionSql, projectId: string): Promise<Known[]> {
  const rows = await tx`
    select s.rule_id, s.subject, s.state, s.alert_id, a.run_id
    from alert_states s left join alerts a on a.project_id = s.project_id and a.id = s.alert_id where s.project_id = ${projectId}`;
  return rows.map((row) => ({
    ...{ ruleId: row.rule_id, subject: row.subject, state: row.state as AlertState, alertId: row.alert_id, runId: row.run_id },
  }));
}
