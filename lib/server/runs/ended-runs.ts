import type { Pool } from "@/db/client";
import { uuidFloor } from "@/db/partitions";
import { isTerminal } from "@/lib/core/run/status";
import {
  agentCondition,
  boundCondition,
  foundCondition,
  probeConditions,
  type RunFilter,
  rareCondition,
  sourceCondition,
} from "./run-filter";

type Fragment = ReturnType<typeof boundCondition>;

/** The columns that lists need of ended runs, with the run's id as `id`. */
export function endedRuns(pool: Pool) {
  return pool`(select project_id, run_id as id, source_id, agent, status, cost_nanos, tokens, duration_ms from ended_runs) e`;
}

/** Runs that have not ended, as their indexes know them. */
export function openCondition(pool: Pool) {
  return pool`and kind = 'run' and ended_at_ms is null`;
}

/** Whether the requested statuses include terminal and non-terminal ones. */
export function statusSides({ status }: RunFilter): { ended: boolean; open: boolean } {
  if (!status || status.length === 0) return { ended: true, open: true };
  return { ended: status.some(isTerminal), open: !status.every(isTerminal) };
}

/** The filter as conditions on `endedRuns`, each beginning with `and`. */
export function endedConditions(pool: Pool, filter: RunFilter, projectId: string): Fragment {
  const { ids, status, dialect, source, environment, session, cost, tokens, duration, sinceMs, q } = filter;
  const ended = status?.filter(isTerminal) ?? [];
  return pool`
    ${ids ? pool`and id = any(${[...ids]}::uuid[])` : pool``}
    ${ended.length > 0 ? pool`and status in ${pool(ended)}` : pool``}
    ${dialect || source || environment ? sourceCondition(pool, filter.sourceIds ?? []) : pool``}
    ${agentCondition(pool, filter, projectId)}
    ${cost ? boundCondition(pool, "cost_nanos", cost) : pool``}
    ${tokens ? boundCondition(pool, "tokens", tokens) : pool``}
    ${duration ? boundCondition(pool, "duration_ms", duration) : pool``}
    ${sinceMs === undefined ? pool`` : pool`and id >= ${uuidFloor(sinceMs)}`}
    ${rareCondition(pool, filter, { projectId })}
    ${probeConditions(pool, filter, projectId)}
    ${lookedUp(pool, [
      ...(session ? [pool`and session_id = ${session}`] : []),
      ...(q && !filter.isRareText ? [foundCondition(pool, q)] : []),
    ])}`;
}

/** Conditions on columns that only the run itself has. */
function lookedUp(pool: Pool, conditions: readonly Fragment[]): Fragment {
  if (conditions.length === 0) return pool``;
  return pool`and exists (select from runs r where r.id = e.id and r.project_id = e.project_id and r.kind = 'run' ${[...conditions]})`;
}

const mostSources = 8;

/**
 * The conditions once per source: an index holds the runs of one source in order, and the results are merged. With many sources all
 * runs are scanned.
 */
export function perSource(pool: Pool, { agentAs, sourceIds, dialect, source, environment }: RunFilter): readonly Fragment[] {
  const isOfSources = dialect !== undefined || source !== undefined || environment !== undefined;
  if (!isOfSources || agentAs === "leading" || !sourceIds || sourceIds.length === 0 || sourceIds.length > mostSources) return [pool``];
  return sourceIds.map((id) => pool`and source_id = ${id}`);
}
