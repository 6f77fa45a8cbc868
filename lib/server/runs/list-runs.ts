import type { Pool } from "@/db/client";
import type { RunSummary } from "@/lib/core/api/run";
import type { CachedRun } from "../events/append/run-cache";
import { services } from "../services";
import { isUuid } from "../uuid";
import { resolveFilter } from "./resolve-filter";
import { type Page, type RunFilter, runConditions, runWays } from "./run-filter";
import { type RunRow, runColumns, runsFromRows } from "./run-row";
import { sortedPage, strangeCursor } from "./sorted-runs";
import { summaryOf } from "./summary-of";

/** Newest first, or as the filter sorts them; the page behind `cursor`. Throws invalid_request at a cursor of another list. */
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
  const ways = runWays(pool, await resolveFilter(projectId, filter), { projectId, nowMs: now(), page });
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
  const conditions = runConditions(pool, await resolveFilter(projectId, filter), { projectId, nowMs: now() });
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
  const conditions = runConditions(pool, await resolveFilter(projectId, filter), { projectId, nowMs: now() });
  const [row] =
    await pool`select count(*)::int as n from (select 1 from runs where project_id = ${projectId} and kind = 'run' ${conditions} limit ${atMost}) r`;
  return row?.n ?? 0;
}
