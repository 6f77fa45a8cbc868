import type { TransactionSql } from "postgres";
import { uuidFloor } from "@/db/partitions";
import { type AlertPreview, countReadings, lengthReadings, type PastAlert, pastAlerts } from "@/lib/core/alerts/preview";
import { limitsOf, type NewAlertRule } from "@/lib/core/alerts/rule";
import { newestTimes } from "@/lib/core/look-back";
import { services } from "../services";
import { runsOfRule } from "./findings";
import { heardOf } from "./heard-of";

const spanMs = 7 * 86_400_000;
const minuteMs = 60_000;
/** The most waits, runs and silences that a preview reads. */
const mostRows = 20_000;
/** The earliest that a run counts as stalled. */
const stallMs = 5 * minuteMs;

type Past = PastAlert & { readonly about: string | null };
type Look = {
  readonly tx: TransactionSql;
  readonly projectId: string;
  readonly rule: NewAlertRule;
  readonly fromMs: number;
  readonly nowMs: number;
};
type Seen = { readonly past: readonly Past[]; readonly basis: string };
type Length = { readonly from_ms: string; readonly until_ms: string; readonly about: string | null };

/** What this rule would have reported in the last seven days, from stored rows; the event log is not read. */
export async function previewRule(projectId: string, rule: NewAlertRule): Promise<AlertPreview> {
  const nowMs = services().now();
  const fromMs = nowMs - spanMs;
  const look = (tx: TransactionSql) => lookBack({ tx, projectId, rule, fromMs, nowMs });
  const { past, basis } = await services().wide.ask(look, "Narrow the rule to an agent, a source or an environment.");
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(nowMs).toISOString(),
    fired: past.length,
    alerts: past.filter(({ worst }) => worst === "alert").length,
    times: newestTimes(past),
    basis,
  };
}

function lookBack(look: Look): Promise<Seen> {
  switch (look.rule.kind) {
    case "run-failed":
    case "error-rate":
      return endedRuns(look);
    case "waiting":
      return waits(look);
    case "stalled":
      return silences(look);
    case "no-data":
      return silentSources(look);
    case "budget-crossed":
      return crossings(look);
  }
}

async function endedRuns({ tx, projectId, rule, fromMs, nowMs }: Look): Promise<Seen> {
  const { pool } = services();
  const rows = await tx`
    select ended_at_ms / ${minuteMs} as minute, count(*)::int as ended, (count(*) filter (where status in ('failed', 'expired')))::int as failed
    from runs where project_id = ${projectId} and kind = 'run' and ended_at_ms is not null
      and ended_at_ms > ${fromMs - rule.windowMinutes * minuteMs} and ended_at_ms <= ${nowMs} ${runsOfRule(pool, rule, { projectId, nowMs })}
    group by 1 order by 1`;
  const minutes = rows.map((row) => ({ atMs: Number(row.minute) * minuteMs, ended: row.ended as number, failed: row.failed as number }));
  const past = pastAlerts(countReadings(minutes, rule, { fromMs, toMs: nowMs }), limitsOf(rule));
  return { past: past.map((one) => ({ ...one, about: null })), basis: "The runs that ended, minute by minute." };
}

async function waits({ tx, projectId, rule, fromMs, nowMs }: Look): Promise<Seen> {
  const { pool } = services();
  const rows = await tx<Length[]>`
    select a.asked_at_ms as from_ms, coalesce(a.decided_at_ms, ${nowMs}) as until_ms, coalesce(r.name, r.external_id) as about
    from approvals a join runs r on r.project_id = a.project_id and r.id = a.run_id
    where a.project_id = ${projectId} and (a.status = 'pending' or (a.status <> 'pending' and a.decided_at_ms >= ${fromMs})) and a.asked_at_ms >= ${fromMs}
      and coalesce(a.decided_at_ms, ${nowMs}) - a.asked_at_ms >= ${lowestMs(rule)}
      and exists (select from runs where project_id = ${projectId} and id = a.run_id ${runsOfRule(pool, rule, { projectId, nowMs })})
    order by a.asked_at_ms desc limit ${mostRows}`;
  return { past: lengths(rows, rule), basis: limited(rows.length, "approval requests") };
}

async function silences({ tx, projectId, rule, fromMs, nowMs }: Look): Promise<Seen> {
  const { pool } = services();
  const rows = await tx<Length[]>`
    select from_ms, from_ms + silent_ms as until_ms, about from (
      select coalesce(name, external_id) as about, case when status in ('running', 'pausing', 'cancelling') then ${heardOf(pool)} else started_at_ms end as from_ms,
        greatest((state -> 'lifecycle' ->> 'longestGapMs')::bigint,
          case when status in ('running', 'pausing', 'cancelling') then ${nowMs} - ${heardOf(pool)} else 0 end) as silent_ms
      from runs where project_id = ${projectId} and kind = 'run' and id >= ${uuidFloor(fromMs)} ${runsOfRule(pool, rule, { projectId, nowMs })}
      order by id desc limit ${mostRows}
    ) run where from_ms is not null and silent_ms >= ${Math.max(stallMs, lowestMs(rule))}`;
  return {
    past: lengths(rows, rule),
    basis: `The longest silence of each run, which counts once. At most the newest ${mostRows.toLocaleString("en")} runs.`,
  };
}

/**
 * Signs of life are the minutes with usage and the starts and ends of runs: a source that sends only other events looks more silent than it
 * was.
 */
async function silentSources({ tx, projectId, rule, fromMs, nowMs }: Look): Promise<Seen> {
  const { dialect, environment, q } = rule.filter;
  const rows = await tx<Length[]>`
    with asked as (
      select id, dialect || '/' || name as about from sources where project_id = ${projectId}
        and (${dialect}::text is null or dialect = ${dialect}) and (${environment}::text is null or environment = ${environment})
        and (${q}::text is null or position(lower(${q}) in lower(name)) > 0)
    ), signs as (
      select source_id, (extract(epoch from minute) * 1000)::bigint + ${minuteMs} as at_ms from usage_buckets
        where project_id = ${projectId} and minute >= to_timestamp(${fromMs / 1_000}::float8) group by 1, 2
      union select source_id, (extract(epoch from created_at) * 1000)::bigint from runs where project_id = ${projectId} and id >= ${uuidFloor(fromMs)}
      union select source_id, ended_at_ms from runs where project_id = ${projectId} and kind = 'run' and ended_at_ms is not null and ended_at_ms between ${fromMs} and ${nowMs}
    ), gaps as (
      select source_id, at_ms as from_ms, coalesce(lead(at_ms) over (partition by source_id order by at_ms), ${nowMs}) as until_ms from signs
    )
    select g.from_ms, g.until_ms, a.about from gaps g join asked a on a.id = g.source_id
    where g.until_ms - g.from_ms >= ${lowestMs(rule)} order by g.from_ms desc limit ${mostRows}`;
  return { past: lengths(rows, rule), basis: "Minutes with usage, and the starts and ends of runs. Other events are not considered." };
}

async function crossings({ tx, projectId, rule, fromMs }: Look): Promise<Seen> {
  const { agent, q } = rule.filter;
  const rows = await tx`
    select min(c.at_ms) as at_ms, max(c.threshold) as worst, b.name as about
    from budgets b join budget_crossings c on c.project_id = b.project_id and c.budget_id = b.id and c.at_ms >= ${fromMs}
    where b.project_id = ${projectId} and c.threshold >= ${Math.min(rule.warning ?? rule.alert, rule.alert)}
      and (${agent}::text is null or (b.scope = 'agent' and c.key = ${agent})) and (${q}::text is null or position(lower(${q}) in lower(b.name)) > 0)
    group by c.budget_id, c.window_ms, c.key, b.name limit ${mostRows}`;
  const past = rows.map((row) => ({
    ...{ atMs: Number(row.at_ms), about: row.about as string },
    worst: Number(row.worst) >= rule.alert ? ("alert" as const) : ("warning" as const),
  }));
  return { past, basis: "The budget thresholds that were crossed." };
}

function lengths(rows: readonly Length[], rule: NewAlertRule): Past[] {
  const limits = limitsOf(rule);
  return rows.flatMap(({ from_ms, until_ms, about }) =>
    pastAlerts(lengthReadings({ fromMs: Number(from_ms), untilMs: Number(until_ms) }, limits), limits).map((past) => ({ ...past, about })),
  );
}

function lowestMs({ warning, alert }: NewAlertRule): number {
  return Math.round(Math.min(warning ?? alert, alert) * minuteMs);
}

function limited(found: number, what: string): string {
  return found < mostRows ? `All ${what}.` : `The newest ${mostRows.toLocaleString("en")} ${what}.`;
}
