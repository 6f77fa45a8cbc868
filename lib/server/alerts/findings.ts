import type { TransactionSql } from "postgres";
import type { Pool } from "@/db/client";
import type { Finding } from "@/lib/core/alerts/judge";
import { usedWords } from "@/lib/core/budgets/amount-words";
import type { Budget } from "@/lib/core/budgets/budget";
import { windowStart } from "@/lib/core/budgets/charge";
import { runConditions } from "../runs/run-filter";
import { heardOf } from "./heard-of";
import type { StoredRule } from "./rule-row";

/** The most subjects of one rule that are reported separately; further ones wait until some have recovered. */
const mostSubjects = 100;
const minuteMs = 60_000;
/** A rule does not report what was over long before it was created. */
const lookBackMs = 86_400_000;

export type Asked = {
  /** Builds query fragments; they run in `tx`. */
  readonly pool: Pool;
  readonly tx: TransactionSql;
  readonly projectId: string;
  readonly rule: StoredRule;
  /** Subjects that the rule remembers: they are always checked again. */
  readonly known: readonly string[];
  readonly nowMs: number;
};

type Row = { readonly key: string; readonly about: string | null; readonly run_id: string | null; readonly seq: string | null };
type CrossedRow = Row & Pick<Budget, "unit" | "window"> & { readonly threshold: number; readonly spent: string; readonly amount: string };
type TimedRow = Row & { readonly since_ms: string };

/** What the rule finds now, from rows of runs, approvals, sources and budgets; the event log is never read. */
export function findingsOf(asked: Asked): Promise<Finding[]> {
  switch (asked.rule.kind) {
    case "run-failed":
    case "error-rate":
      return endedRuns(asked);
    case "waiting":
      return waitingRuns(asked);
    case "stalled":
      return stalledRuns(asked);
    case "no-data":
      return silentSources(asked);
    case "budget-crossed":
      return crossedBudgets(asked);
  }
}

/** The runs that a rule applies to, as conditions on the table `runs`. */
export function runsOfRule(pool: Pool, { filter }: Pick<StoredRule, "filter">, of: { projectId: string; nowMs: number }) {
  const { dialect, environment, agent, q } = filter;
  const conditions = runConditions(pool, { dialect: dialect ?? undefined, agent: agent ?? undefined, q: q ?? undefined }, of);
  if (environment === null) return conditions;
  return pool`${conditions} and source_id = any(array(select id from sources where project_id = ${of.projectId} and environment = ${environment}))`;
}

async function endedRuns({ pool, tx, projectId, rule, nowMs }: Asked): Promise<Finding[]> {
  const windowMs = rule.windowMinutes * minuteMs;
  // A sender whose clock runs ahead ends its runs in our future.
  const ended = pool`
    project_id = ${projectId} and kind = 'run' and ended_at_ms is not null and ended_at_ms > ${nowMs - windowMs} and ended_at_ms < ${nowMs + windowMs}
    ${runsOfRule(pool, rule, { projectId, nowMs })}`;
  const failed = pool`status in ('failed', 'expired')`;
  const [sums] = await tx`
    select count(*)::int as ended, (count(*) filter (where ${failed}))::int as failed, max(ended_at_ms) filter (where ${failed}) as latest_ms
    from runs where ${ended}`;
  const { ended: all = 0, failed: bad = 0, latest_ms = null } = sums ?? {};
  const [run] =
    latest_ms === null
      ? []
      : await tx<Row[]>`
          select id as run_id, coalesce(name, external_id) as about from runs where ${ended} and ${failed} and ended_at_ms = ${latest_ms} limit 1`;
  const rate = all < rule.minRuns ? null : Math.round((bad / all) * 1_000) / 10;
  const value = rule.kind === "run-failed" ? bad : rate;
  return [{ key: "", value, about: run?.about ?? null, runId: run?.run_id ?? null, seq: null, sinceMs: null }];
}

/** From the pending requests and not from the runs' status: requests carry our clock's time. */
async function waitingRuns({ pool, tx, projectId, rule, nowMs }: Asked): Promise<Finding[]> {
  const rows = await tx<TimedRow[]>`
    select a.id as key, a.asked_at_ms as since_ms, a.run_id, a.requested_seq as seq, coalesce(r.name, r.external_id) as about
    from approvals a join runs r on r.project_id = a.project_id and r.id = a.run_id
    where a.project_id = ${projectId} and a.status = 'pending' and a.asked_at_ms <= ${nowMs - lowest(rule) * minuteMs}
      and exists (select from runs where project_id = ${projectId} and id = a.run_id ${runsOfRule(pool, rule, { projectId, nowMs })})
    order by a.asked_at_ms, a.id limit ${mostSubjects}`;
  return rows.map((row) => timed(row, nowMs));
}

async function stalledRuns({ pool, tx, projectId, rule, known, nowMs }: Asked): Promise<Finding[]> {
  const stalled = pool`
    project_id = ${projectId} and kind = 'run' ${runConditions(pool, { status: ["stalled"] }, { projectId, nowMs })}
    ${runsOfRule(pool, rule, { projectId, nowMs })}`;
  const rows = await tx<TimedRow[]>`
    select id as key, id as run_id, coalesce(name, external_id) as about, null as seq, ${heardOf(pool)} as since_ms
    from runs where id = any(array(
      select id from runs where ${stalled} and stalls_at_ms >= ${rule.createdAtMs - lookBackMs} order by stalls_at_ms desc limit ${mostSubjects}
    ) || ${known as string[]}::uuid[]) and ${stalled}`;
  return rows.map((row) => timed(row, nowMs)).filter(({ value }) => value !== null && value >= lowest(rule));
}

async function silentSources({ tx, projectId, rule, nowMs }: Asked): Promise<Finding[]> {
  const { dialect, environment, q } = rule.filter;
  const rows = await tx<TimedRow[]>`
    select s.id as key, s.dialect || '/' || s.name as about, null as run_id, null as seq, h.at_ms as since_ms
    from alert_heard h join sources s on s.project_id = h.project_id and s.id = h.source_id
    where h.project_id = ${projectId} and h.at_ms >= ${rule.createdAtMs - lookBackMs} and h.at_ms <= ${nowMs - lowest(rule) * minuteMs}
      and (${dialect}::text is null or s.dialect = ${dialect})
      and (${environment}::text is null or s.environment = ${environment}) and (${q}::text is null or position(lower(${q}) in lower(s.name)) > 0)
    order by h.at_ms desc limit ${mostSubjects}`;
  return rows.map((row) => timed(row, nowMs));
}

/** The highest threshold crossed in the current day or month; for an all-time budget, within the rule's minutes. */
async function crossedBudgets({ tx, projectId, rule, nowMs }: Asked): Promise<Finding[]> {
  const { agent, q } = rule.filter;
  const madeMs = rule.createdAtMs - lookBackMs;
  const fromMs = { day: windowStart("day", nowMs), month: windowStart("month", nowMs), total: nowMs - rule.windowMinutes * minuteMs };
  const rows = await tx<CrossedRow[]>`
    select distinct on (b.id, c.key) b.id || ':' || c.key as key, c.threshold, c.run_id, c.seq, c.spent, b.unit, b.amount, b."window",
      b.name || case b.scope when 'project' then '' when 'run' then coalesce(', ' || coalesce(r.name, r.external_id), '') else ', ' || c.key end as about
    from budgets b cross join lateral (
      select key, threshold, run_id, seq, spent from budget_crossings
      where project_id = b.project_id and budget_id = b.id and at_ms >= ${madeMs}
        and at_ms > case b."window" when 'day' then ${fromMs.day}::bigint - 1 when 'month' then ${fromMs.month}::bigint - 1 else ${fromMs.total}::bigint end
    ) c left join runs r on b.scope = 'run' and r.project_id = b.project_id and r.id = c.run_id
    where b.project_id = ${projectId} and (${agent}::text is null or (b.scope = 'agent' and c.key = ${agent}))
      and (${q}::text is null or position(lower(${q}) in lower(b.name)) > 0)
    order by b.id, c.key, c.threshold desc limit ${mostSubjects}`;
  return rows.map((row) => {
    const used = usedWords({ unit: row.unit, amount: Number(row.amount), window: row.window }, Number(row.spent));
    return { ...named(row), about: `${row.about}: ${used}`, value: row.threshold, sinceMs: null };
  });
}

function timed(row: TimedRow, nowMs: number): Finding {
  const sinceMs = Number(row.since_ms);
  return { ...named(row), value: Math.max(0, nowMs - sinceMs) / minuteMs, sinceMs };
}

function named({ key, about, run_id, seq }: Row): Omit<Finding, "value" | "sinceMs"> {
  return { key, about, runId: run_id, seq: seq === null ? null : Number(seq) };
}

function lowest({ warning, alert }: StoredRule): number {
  return Math.min(warning ?? alert, alert);
}
