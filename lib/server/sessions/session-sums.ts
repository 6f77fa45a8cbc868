import type { Fragment, PendingQuery } from "postgres";
import type { Pool } from "@/db/client";
import type { SessionSummary } from "@/lib/core/api/session";
import type { Dialect } from "@/lib/core/dialect";
import { isTerminal, runStatuses } from "@/lib/core/run/status";
import { iso, isoOrNull } from "../iso";

/** The sums over one session's runs, from columns alone. */
export type SessionSums = {
  readonly session_id: string;
  readonly runs: number;
  readonly running: number;
  readonly stalled: number;
  readonly waiting: number;
  readonly failed: number;
  readonly succeeded: number;
  readonly started_ms: string;
  readonly last_ms: string;
  readonly run_ms: string;
  readonly tokens: string;
  readonly cost_nanos: string;
  readonly unpriced: string;
  readonly stalls_ms: string | null;
  readonly latest_id: string;
  readonly latest_name: string | null;
};

const openStatuses = runStatuses.filter((status) => !isTerminal(status) && status !== "waiting");

const dayMs = 86_400_000;

type Asked = {
  readonly projectId: string;
  /** Decides which runs are stalled: only runs that should move by themselves have a time at which they stall. */
  readonly nowMs: number;
  /** Rows of `session_id` and `run_id`. */
  readonly sessions: Fragment;
  /** Only this system's runs. */
  readonly dialect?: Dialect;
};

/**
 * The sums of these sessions, in the order of the runs beside them, newest first. Calls without a price are not on a run's row but
 * in the sums by session, one row for each day they are booked on. Those days are looked up one by one, whatever other sessions
 * they had. The possible days follow from our own clock (minuteOf in events/append/buckets.ts books within a day of the arrival): a
 * sender's clock may say the year 9999.
 */
export function sessionSums(pool: Pool, { projectId, nowMs, sessions, dialect }: Asked): PendingQuery<SessionSums[]> {
  const moving = pool`r.status in ${pool(openStatuses)}`;
  return pool<SessionSums[]>`
    select asked.session_id, s.*, coalesce(u.unpriced, 0)::bigint as unpriced from (${sessions}) asked
    cross join lateral (
      select count(*)::int as runs,
        count(*) filter (where ${moving} and (r.stalls_at_ms is null or r.stalls_at_ms > ${nowMs}))::int as running,
        count(*) filter (where ${moving} and r.stalls_at_ms <= ${nowMs})::int as stalled,
        min(r.stalls_at_ms) filter (where ${moving} and r.stalls_at_ms > ${nowMs}) as stalls_ms,
        count(*) filter (where r.status = 'waiting')::int as waiting,
        count(*) filter (where r.status = 'failed')::int as failed,
        count(*) filter (where r.status = 'succeeded')::int as succeeded,
        min(coalesce(r.started_at_ms, (extract(epoch from r.created_at) * 1000)::bigint)) as started_ms,
        max(coalesce(r.last_event_at_ms, (extract(epoch from r.created_at) * 1000)::bigint)) as last_ms,
        (extract(epoch from min(r.created_at)) * 1000)::bigint as first_made_ms,
        (extract(epoch from max(r.created_at)) * 1000)::bigint as last_made_ms,
        coalesce(sum(r.duration_ms), 0)::bigint as run_ms, bounded_sum(sum(r.tokens)) as tokens, bounded_sum(sum(r.cost_nanos)) as cost_nanos,
        (array_agg(r.id order by r.id desc))[1] as latest_id,
        (array_agg(coalesce(r.name, r.agent, r.external_id) order by r.id desc))[1] as latest_name
      from runs r where r.project_id = ${projectId} and r.kind = 'run' and r.session_id = asked.session_id
        ${dialect ? pool`and r.dialect = ${dialect}` : pool``}
    ) s
    left join lateral (
      select sum(b.unpriced) as unpriced
      from generate_series(
        to_timestamp((s.first_made_ms - ${dayMs}) / 86400000 * 86400),
        to_timestamp((case when s.last_ms < s.last_made_ms - ${dayMs} then ${nowMs} else least(s.last_ms, ${nowMs}) end + ${dayMs}) / 1000.0),
        interval '24 hours') as day
      join usage_sessions b on b.project_id = ${projectId} and b.grain = 'day' and b.start = day and b.session = asked.session_id
    ) u on true
    where s.runs > 0 order by asked.run_id desc`;
}

export function sessionOf(row: SessionSums): SessionSummary {
  return {
    id: row.session_id,
    runs: row.runs,
    running: row.running,
    stalled: row.stalled,
    waiting: row.waiting,
    failed: row.failed,
    startedAt: iso(row.started_ms),
    lastEventAt: iso(row.last_ms),
    runMs: Number(row.run_ms),
    tokens: Number(row.tokens),
    costNanos: Number(row.cost_nanos),
    unpricedCalls: Number(row.unpriced),
    stallsAt: isoOrNull(row.stalls_ms),
    latest: { id: row.latest_id, name: row.latest_name ?? row.latest_id },
  };
}
