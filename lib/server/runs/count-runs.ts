import { uuidFloor } from "@/db/partitions";
import type { RunCounts } from "@/lib/core/api/run-counts";
import { services } from "../services";
import { hourLiteral, movingCondition } from "./run-filter";

const dayMs = 86_400_000;
/** Above this the strip says "1,000+" and counting stops. */
const countedAtMost = 1_000;

/** How many runs are running, waiting or stalled, how many failed within 24 hours, and what was spent since midnight UTC. */
export async function countRuns(projectId: string, nowMs = services().now()): Promise<RunCounts> {
  const { pool } = services();
  const sinceMs = nowMs - dayMs;
  const hour = hourLiteral(pool, nowMs);
  const todayMs = Math.floor(nowMs / dayMs) * dayMs;
  const runs = pool`from runs where project_id = ${projectId} and kind = 'run'`;
  const [[counts], [cost]] = await Promise.all([
    pool`select
      (select count(*)::int from (select 1 ${runs} and status = 'running' and ${movingCondition(pool, nowMs)} limit ${countedAtMost}) r) as running,
      (select count(*)::int from (select 1 ${runs} and status = 'waiting' limit ${countedAtMost}) r) as waiting,
      least(${countedAtMost}::int, (select count(*)::int from (select 1 ${runs} and stalls_hour < ${hour} limit ${countedAtMost}) r)
        + (select count(*)::int from (select 1 ${runs} and stalls_hour = ${hour} and stalls_at_ms <= ${nowMs} limit ${countedAtMost}) r)) as stalled,
      (select count(*)::int from (select 1 ${runs} and status = 'failed' and id >= ${uuidFloor(sinceMs)} limit ${countedAtMost}) r) as failed`,
    pool`select bounded_sum(coalesce(sum(reported_nanos), 0)) as reported, bounded_sum(coalesce(sum(estimated_nanos), 0)) as estimated,
        bounded_sum(coalesce(sum(unpriced), 0)) as unpriced
      from usage_rollups where project_id = ${projectId} and grain = 'day' and start = to_timestamp(${todayMs / 1000})`,
  ]);
  return {
    running: counts?.running ?? 0,
    waiting: counts?.waiting ?? 0,
    stalled: counts?.stalled ?? 0,
    failed24h: counts?.failed ?? 0,
    countedAtMost,
    costToday: {
      reportedNanos: Number(cost?.reported ?? 0),
      estimatedNanos: Number(cost?.estimated ?? 0),
      unpricedCalls: Number(cost?.unpriced ?? 0),
    },
    at: new Date(nowMs).toISOString(),
  };
}
