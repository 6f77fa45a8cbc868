import type { Pool } from "@/db/client";
import type { RunSummary } from "@/lib/core/api/run";
import type { CachedRun } from "../events/append/run-cache";
import { services } from "../services";
import { isUuid } from "../uuid";
import { endedConditions, endedRuns, openCondition, statusSides } from "./ended-runs";
import { resolveFilter } from "./resolve-filter";
import { type Listing, type Page, type RunFilter, runConditions, sidesOfAgent } from "./run-filter";
import { type RunRow, runColumns, runsFromRows } from "./run-row";
import { sortedPage, strangeCursor } from "./sorted-runs";
import { summaryOf } from "./summary-of";

/** Newest first, or in the filter's sort order; the page after `cursor`. Throws invalid_request for a cursor of another list. */
export async function listRuns(
  projectId: string,
  filter: RunFilter,
  page: { readonly limit: number; readonly cursor?: string },
): Promise<{ runs: RunSummary[]; nextCursor: string | null }> {
  const { sort } = filter;
  const { rows, nextCursor } = await (sort ? sortedPage(projectId, { ...filter, sort }, page) : newestPage(projectId, filter, page));
  return { runs: (await runsFromRows(rows)).map(summaryOf), nextCursor };
}

async function newestPage(
  projectId: string,
  filter: RunFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string },
): Promise<{ rows: RunRow[]; nextCursor: string | null }> {
  if (cursor !== undefined && !isUuid(cursor)) throw strangeCursor();
  const rows = await runRows(projectId, filter, { limit, before: cursor });
  return { rows: rows.slice(0, limit), nextCursor: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null };
}

/** Rows of runs, newest first, one more than `limit`. */
export async function runRows(projectId: string, filter: RunFilter, page: Page): Promise<RunRow[]> {
  const { pool, now } = services();
  const of = { projectId, nowMs: now(), page };
  const ways = sidesOfAgent(await resolveFilter(projectId, filter)).flatMap((side) => waysOf(side, of));
  // Pages are cut on ids alone, then joined, so that the state of a run that is not shown is not read. `nulls last` matches the
  // indexes: without it none provides the order, and the planner scans all runs.
  return pool<RunRow[]>`
    select ${runColumns(pool)} from (
      select id from (${ways.flatMap(({ from, where, order }, at) => [
        at === 0 ? pool`` : pool`union all`,
        pool`(
          select id from ${from}
          where project_id = ${projectId} ${page.before ? pool`and id < ${page.before}` : pool``} ${where}
          order by ${order} limit ${page.limit + 1}
        )`,
      ])}) w order by id desc limit ${page.limit + 1}
    ) page join runs r on r.id = page.id join sources s on s.project_id = r.project_id and s.id = r.source_id
    order by r.id desc`;
}

/**
 * Mutually exclusive ways to match, each of which an index returns in list order. If one query asked for both ended and open runs
 * above a duration, the planner would scan the list from its top until it had a page.
 */
function waysOf(filter: RunFilter, of: Listing) {
  const { pool } = services();
  const runs = { from: pool`runs`, order: pool`id desc nulls last` };
  const isBounded = filter.cost !== undefined || filter.tokens !== undefined || filter.duration !== undefined;
  if (!isBounded && filter.model !== undefined && !filter.isRareModel) return [ofModel({ ...filter, model: filter.model }, of)];
  if (!isBounded && filter.agentAs === "beside" && filter.besides === "many") return [ofAgent(filter, of)];
  if (!isBounded) return [{ ...runs, where: pool`and kind = 'run' ${runConditions(pool, filter, of)}` }];
  const { ended, open } = statusSides(filter);
  return [
    ...(ended ? [{ from: endedRuns(pool), order: pool`id desc`, where: endedConditions(pool, filter, of.projectId) }] : []),
    ...(open ? [{ ...runs, where: pool`${openCondition(pool)} ${runConditions(pool, filter, of)}` }] : []),
  ];
}

/**
 * The runs of one model are stored in list order. In the table of all runs, an old model's runs would be searched for from the
 * newest on.
 */
function ofModel({ model, ...filter }: RunFilter & { readonly model: string }, of: Listing) {
  const { pool } = services();
  return {
    from: pool`(select m.run_id, r.* from run_models m join runs r on r.id = m.run_id where m.project_id = ${of.projectId} and m.model = ${model}) runs`,
    where: pool`and kind = 'run' ${runConditions(pool, filter, of)}`,
    order: pool`run_id desc`,
  };
}

/** The same for an agent's runs that it does not lead. */
function ofAgent({ agent = "", ...filter }: RunFilter, of: Listing) {
  const { pool } = services();
  return {
    from: pool`(select a.run_id, r.* from run_agents a join runs r on r.id = a.run_id where a.project_id = ${of.projectId} and a.agent = ${agent}) runs`,
    where: pool`and kind = 'run' and agent is distinct from ${agent} ${runConditions(pool, filter, of)}`,
    order: pool`run_id desc`,
  };
}

/**
 * The same by offset, for systems whose lists page that way, with the total number of matches; on request in the order in which the
 * runs began.
 */
export async function listRunsByOffset(
  projectId: string,
  filter: RunFilter,
  page: { limit: number; offset: number; order?: "begun" },
): Promise<{ runs: CachedRun[]; total: number }> {
  const { pool, now } = services();
  const conditions = runConditions(pool, await resolveFilter(projectId, filter), { projectId, nowMs: now() });
  const order = page.order === "begun" ? pool`${begunMs(pool)}, id` : pool`id desc nulls last`;
  // Pages are cut on ids alone: an order without an index is sorted without the states of runs.
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

/** When a run began: the sender's time, else when its first event arrived. */
function begunMs(pool: Pool) {
  return pool`coalesce(started_at_ms, (extract(epoch from created_at) * 1000)::bigint)`;
}

const countedAtMost = 1_000_000;

/** How many runs match the filter, counted up to `atMost`. */
async function countRuns(projectId: string, filter: RunFilter, atMost: number): Promise<number> {
  const { pool, now } = services();
  const conditions = runConditions(pool, await resolveFilter(projectId, filter), { projectId, nowMs: now() });
  const [row] =
    await pool`select count(*)::int as n from (select 1 from runs where project_id = ${projectId} and kind = 'run' ${conditions} limit ${atMost}) r`;
  return row?.n ?? 0;
}
