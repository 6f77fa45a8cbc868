import { services } from "../services";
import { externalCondition, movingCondition, namePattern, open, type RunFilter } from "./run-filter";

const rareEvents = 5_000;
const fewBesides = 2_000;
const manyRuns = 500;
const newestNames = 5_000;
const pageOfNames = 50;
/** A run's row is wider than its name. */
const newestIds = 500;
const commonIds = 5;

/**
 * Adds what the planner cannot know by itself: which sources are meant, whether a model is rarely used, whether an agent works in
 * few runs that others lead and whether it leads any, whether a text matches few runs, and which runs are moving.
 */
export async function resolveFilter(projectId: string, filter: RunFilter): Promise<RunFilter> {
  const { pool } = services();
  const { dialect, source, environment, agent, model, q, status } = filter;
  const [sources, besides, leads, [usage], isRareText, moving] = await Promise.all([
    dialect || source || environment
      ? pool<{ id: string }[]>`select id from sources where project_id = ${projectId} ${dialect ? pool`and dialect = ${dialect}` : pool``}
          ${source ? pool`and name = ${source}` : pool``} ${environment ? pool`and environment = ${environment}` : pool``}`
      : [],
    agent ? besidesOf(projectId, agent) : undefined,
    agent ? leadsAny(projectId, agent) : undefined,
    model
      ? pool`select coalesce(sum(events), 0)::bigint as events from usage_rollups
          where project_id = ${projectId} and grain = 'day' and model = ${model}`
      : [],
    q ? isRare(projectId, q) : false,
    status?.some((each) => open.includes(each)) ? fewMoving(projectId) : undefined,
  ]);
  return {
    ...filter,
    sourceIds: sources.map(({ id }) => id),
    besides,
    leads,
    isRareModel: Number(usage?.events ?? 0) < rareEvents,
    isRareText,
    moving,
  };
}

async function besidesOf(projectId: string, agent: string): Promise<RunFilter["besides"]> {
  const [row] = await services().pool<{ n: number }[]>`
    select count(*)::int as n from (select from run_agents where project_id = ${projectId} and agent = ${agent} limit ${fewBesides}) a`;
  const n = row?.n ?? 0;
  if (n === 0) return "none";
  return n < fewBesides ? "few" : "many";
}

async function leadsAny(projectId: string, agent: string): Promise<boolean> {
  const [row] = await services().pool<{ any: boolean }[]>`
    select exists (select from runs where project_id = ${projectId} and agent = ${agent} and kind = 'run') as any`;
  return row?.any === true;
}

/** The moving runs; null if there are many. Those that the index returns for the current hour may have fallen silent within it. */
async function fewMoving(projectId: string): Promise<readonly string[] | null> {
  const { pool, now } = services();
  const rows = await pool<{ id: string }[]>`
    select id from runs where project_id = ${projectId} and kind = 'run' and ${movingCondition(pool, now())} limit ${manyRuns}`;
  return rows.length < manyRuns ? rows.map(({ id }) => id) : null;
}

/** If the newest runs do not fill a page, scanning the list of runs would read most of it. */
async function isRare(projectId: string, q: string): Promise<boolean> {
  const { pool } = services();
  const [row] = await pool`
    select (
      select count(*) from (
        select from (select name from run_names where project_id = ${projectId} order by run_id desc limit ${newestNames}) n
        where name ilike ${namePattern(q)} limit ${pageOfNames}
      ) x
    ) < ${pageOfNames} and (
      select count(*) from (
        select from (select external_id from runs where project_id = ${projectId} and kind = 'run' order by id desc nulls last limit ${newestIds}) n
        where ${externalCondition(pool, q)} limit ${commonIds}
      ) x
    ) < ${commonIds} as rare`;
  return row?.rare === true;
}
