import type { Pool } from "@/db/client";
import type { RunSummary } from "@/lib/core/api/run";
import type { CachedRun } from "../events/append/run-cache";
import { services } from "../services";
import { externalCondition, namePattern, type Page, type RunFilter, runConditions, runWays } from "./run-filter";
import { type RunRow, runColumns, runsFromRows } from "./run-row";
import { summaryOf } from "./summary-of";

/** Newest first; the page after `before` (a run id). One row more than `limit` is read to know whether there is a next page. */
export async function listRuns(
  projectId: string,
  filter: RunFilter,
  page: Page,
): Promise<{ runs: RunSummary[]; nextCursor: string | null }> {
  const rows = await runRows(projectId, filter, page);
  const runs = (await runsFromRows(rows.slice(0, page.limit))).map(summaryOf);
  return { runs, nextCursor: rows.length > page.limit ? (runs.at(-1)?.id ?? null) : null };
}

/** Rows of runs, newest first, one more than `limit`. */
export async function runRows(projectId: string, filter: RunFilter, page: Page): Promise<RunRow[]> {
  const { pool, now } = services();
  const ways = runWays(pool, await resolved(projectId, filter), { projectId, nowMs: now(), page });
  // `nulls last` is how the indexes stand: without it none of them gives the order, and the planner walks all runs.
  // Pages are cut on runs alone, then joined: the state of a run that is not shown is not read.
  return pool<RunRow[]>`
    select ${runColumns(pool)} from (
      select * from (${ways.flatMap((way, at) => [
        at === 0 ? pool`` : pool`union all`,
        pool`(
          select * from runs
          where project_id = ${projectId} and kind = 'run'
            ${page.before ? pool`and id < ${page.before}` : pool``}
            ${way}
          order by id desc nulls last limit ${page.limit + 1}
        )`,
      ])}) w order by id desc nulls last limit ${page.limit + 1}
    ) r join sources s on s.project_id = r.project_id and s.id = r.source_id
    order by r.id desc`;
}

/** The same by offset, for the systems whose lists page that way, with the number of all that the filter finds; in the order in which they began where asked. */
export async function listRunsByOffset(
  projectId: string,
  filter: RunFilter,
  page: { limit: number; offset: number; order?: "begun" },
): Promise<{ runs: CachedRun[]; total: number }> {
  const { pool, now } = services();
  const conditions = runConditions(pool, await resolved(projectId, filter), { projectId, nowMs: now() });
  const order = page.order === "begun" ? pool`${begunMs(pool)}, id` : pool`id desc nulls last`;
  // Pages are cut on ids alone: what an order has no index for is sorted without the states of runs.
  const rows = await pool<RunRow[]>`
    select ${runColumns(pool)} from (
      select id, row_number() over (order by ${order}) as place from (
        select id, started_at_ms, created_at from runs where project_id = ${projectId} and kind = 'run' ${conditions}
        order by ${order} limit ${page.limit} offset ${page.offset}
      ) p
    ) page join runs r on r.id = page.id join sources s on s.project_id = r.project_id and s.id = r.source_id
    order by page.place`;
  return { runs: await runsFromRows(rows), total: await countRuns(projectId, filter, countedAtMost) };
}

/** When a run began: as its sender says, else when it was first heard of. */
function begunMs(pool: Pool) {
  return pool`coalesce(started_at_ms, (extract(epoch from created_at) * 1000)::bigint)`;
}

const countedAtMost = 1_000_000;

/** How many runs the filter finds, counted up to `atMost`. */
async function countRuns(projectId: string, filter: RunFilter, atMost: number): Promise<number> {
  const { pool, now } = services();
  const conditions = runConditions(pool, await resolved(projectId, filter), { projectId, nowMs: now() });
  const [row] =
    await pool`select count(*)::int as n from (select 1 from runs where project_id = ${projectId} and kind = 'run' ${conditions} limit ${atMost}) r`;
  return row?.n ?? 0;
}

const rareEvents = 5_000;
const rareIds = 5_000;
const newestNames = 5_000;
const pageOfNames = 50;

/** Adds to the filter what the planner cannot know by itself: which sources are meant, whether a model was seldom used, and a text finds few runs. */
async function resolved(projectId: string, filter: RunFilter): Promise<RunFilter> {
  const { pool } = services();
  const { source, environment, model, q } = filter;
  const [sources, [usage], isRareText] = await Promise.all([
    source || environment
      ? pool<{ id: string }[]>`select id from sources where project_id = ${projectId}
          ${source ? pool`and name = ${source}` : pool``} ${environment ? pool`and environment = ${environment}` : pool``}`
      : [],
    model
      ? pool`select coalesce(sum(events), 0)::bigint as events from usage_rollups
          where project_id = ${projectId} and grain = 'day' and model = ${model}`
      : [],
    q ? isRare(projectId, q) : false,
  ]);
  return {
    ...filter,
    sourceIds: sources.map(({ id }) => id),
    isRareModel: Number(usage?.events ?? 0) < rareEvents,
    isRareText,
  };
}

/** Where the newest names do not fill a page, walking the list of runs would read most of it. */
async function isRare(projectId: string, q: string): Promise<boolean> {
  const { pool } = services();
  const [row] = await pool`
    select (
      select count(*) from (
        select from (select name from run_names where project_id = ${projectId} order by run_id desc limit ${newestNames}) n
        where name ilike ${namePattern(q)} limit ${pageOfNames}
      ) x
    ) < ${pageOfNames} and (
      select count(*) from (select from runs where project_id = ${projectId} and ${externalCondition(pool, q)} limit ${rareIds}) x
    ) < ${rareIds} as rare`;
  return row?.rare === true;
}
