import type { TransactionSql } from "postgres";
import { uuidFloor } from "@/db/partitions";
import type { NewBudget } from "@/lib/core/budgets/budget";
import { limitOf } from "@/lib/core/budgets/charge";
import type { BudgetPreview } from "@/lib/core/budgets/preview";
import { bucketMs } from "@/lib/core/costs/cost-span";
import { newestTimes } from "@/lib/core/look-back";
import { services } from "../services";

const days = 30;
const months = 12;
/** There can be thousands of sessions a day, each with its own row. */
const sessionMonths = 3;
const mostRuns = 20_000;
/** Per threshold. */
const mostTimes = 100;

type Look = { readonly projectId: string; readonly wanted: NewBudget; readonly fromMs: number; readonly toMs: number };
type CrossedRow = { readonly threshold: number; readonly fired: number; readonly at_ms: string; readonly about: string | null };

/** How often this budget would have been crossed had it been created earlier, from stored sums; the event log is not read. */
export async function previewBudget(projectId: string, wanted: NewBudget): Promise<BudgetPreview> {
  const toMs = services().now();
  const look = async (tx: TransactionSql) => {
    const fromMs = await coveredFrom(tx, projectId, { startMs: spanStart(wanted, toMs), toMs });
    return { fromMs, rows: await crossed(tx, { projectId, wanted, fromMs, toMs }) };
  };
  const { fromMs, rows } = await services().wide.ask(look, "Preview a daily budget, or one for a single agent or session.");
  const thresholds = [...new Set(wanted.thresholds)]
    .sort((a, b) => a - b)
    .map((threshold) => ({ threshold, fired: rows.find((row) => row.threshold === threshold)?.fired ?? 0 }));
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    fired: thresholds.reduce((sum, { fired }) => sum + fired, 0),
    thresholds,
    times: newestTimes(rows.map(({ threshold, at_ms, about }) => ({ atMs: Number(at_ms), threshold, about }))),
    basis: basisOf(wanted),
  };
}

function spanStart({ scope, window }: NewBudget, toMs: number): number {
  const now = new Date(toMs);
  if (window === "month") return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (scope === "session" ? sessionMonths : months) + 1);
  return (Math.floor(toMs / bucketMs.day) - days + 1) * bucketMs.day;
}

/** Nothing is known of the time before the first sums. */
async function coveredFrom(tx: TransactionSql, projectId: string, of: { startMs: number; toMs: number }): Promise<number> {
  const [row] = await tx<{ first_ms: string | null }[]>`
    select (extract(epoch from min(start)) * 1000)::bigint as first_ms from usage_rollups where project_id = ${projectId} and grain = 'day'`;
  return Math.min(Math.max(of.startMs, Number(row?.first_ms ?? of.toMs)), of.toMs);
}

function crossed(tx: TransactionSql, look: Look): Promise<CrossedRow[]> {
  const { amount, thresholds } = look.wanted;
  const limits = [...new Set(thresholds)].map((threshold) => ({ threshold, least: limitOf(amount, threshold) }));
  return tx<CrossedRow[]>`
    with spent as (${look.wanted.scope === "run" ? runsSpent(tx, look) : daysSpent(tx, look)}),
    crossed as (
      select l.threshold, s.about, min(s.at) as at from json_to_recordset(${JSON.stringify(limits)}::text::json) as l(threshold int, least bigint)
      join spent s on s.spent >= l.least group by l.threshold, s.key, s.about, s.since
    ), ranked as (
      select *, count(*) over (partition by threshold)::int as fired, row_number() over (partition by threshold order by at desc, about) as place from crossed
    )
    select threshold, fired, (extract(epoch from at) * 1000)::bigint as at_ms, about from ranked where place <= ${mostTimes}
    order by at desc, threshold desc, about`.execute();
}

/** What each counted key had spent in its window by the end of each day. */
function daysSpent(tx: TransactionSql, { projectId, wanted, fromMs, toMs }: Look) {
  const { scope, target, unit, window } = wanted;
  const key = { agent: tx`agent`, session: tx`session`, project: tx`''`, run: tx`''` }[scope];
  const since = { total: tx`null::timestamptz`, day: tx`start`, month: tx`date_trunc('month', start, 'UTC')` }[window];
  const figure = unit === "tokens" ? tx`tokens` : tx`reported_nanos + estimated_nanos`;
  const counted = scope === "project" ? tx`` : target === null ? tx`and ${key} <> ''` : tx`and ${key} = ${target}`;
  return tx`
    select key, nullif(key, '') as about, since, start as at, sum(day_spent) over (partition by key, since order by start) as spent from (
      select ${key} as key, ${since} as since, start, sum(${figure}) as day_spent from ${tx(scope === "session" ? "usage_sessions" : "usage_rollups")}
      where project_id = ${projectId} and grain = 'day' and start >= ${new Date(fromMs).toISOString()} and start <= ${new Date(toMs).toISOString()} ${counted}
      group by 1, 2, 3
    ) d`;
}

/** A run's id contains the time at which it was first heard from. */
function runsSpent(tx: TransactionSql, { projectId, wanted, fromMs }: Look) {
  return tx`
    select id::text as key, coalesce(name, external_id) as about, null::timestamptz as since, created_at as at,
      ${wanted.unit === "tokens" ? tx`tokens` : tx`cost_nanos`} as spent
    from runs where project_id = ${projectId} and kind = 'run' and id >= ${uuidFloor(fromMs)} order by id desc limit ${mostRuns}`;
}

function basisOf({ scope, window }: NewBudget): string {
  if (scope === "run") return `The total of each run, at most the newest ${mostRuns.toLocaleString("en")} runs.`;
  const made = window === "total" ? " As if it had been created at the start of this range." : "";
  return `The totals of each day (UTC), after corrections made on the same day.${made}`;
}
