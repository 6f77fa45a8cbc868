import type { Pool } from "@/db/client";
import { noFigure, type RunSort } from "@/lib/core/run-query/run-sort";
import { DomainError } from "../errors";
import { services } from "../services";
import { isUuid } from "../uuid";
import { endedConditions, endedRuns, openCondition, perSource, statusSides } from "./ended-runs";
import { resolveFilter } from "./resolve-filter";
import { hasProbes, type Listing, probeConditions, type RunFilter, rowConditions, sidesOfAgent } from "./run-filter";
import { type RunRow, runColumns } from "./run-row";

/**
 * Where a page ends: its last run's figure and id. `atMs`: the time that durations refer to, so that pages of open runs fit
 * together.
 */
type Place = { readonly figure: number; readonly atMs: number; readonly id: string };
type SortedRow = RunRow & { readonly figure: string };

/** A page of runs sorted by a figure, largest first. Throws invalid_request for a cursor of another list. */
export async function sortedPage(
  projectId: string,
  filter: RunFilter & { readonly sort: RunSort },
  { limit, cursor }: { readonly limit: number; readonly cursor?: string },
): Promise<{ rows: RunRow[]; nextCursor: string | null }> {
  const { pool, now } = services();
  const after = cursor === undefined ? undefined : placeOf(cursor);
  const atMs = after?.atMs ?? now();
  const parts = sidesOfAgent(await resolveFilter(projectId, filter));
  const sides = statusSides(filter);
  const read = (ways: readonly Way[], most: number) =>
    ways.length === 0 || most === 0
      ? []
      : pool<SortedRow[]>`
          select ${runColumns(pool)}, page.figure from (
            select * from (${ways.flatMap((way, at) => [at === 0 ? pool`` : pool`union all`, oneWay(pool, way, { projectId, most })])}) w
            order by figure desc, id desc limit ${most}
          ) page join runs r on r.id = page.id join sources s on s.project_id = r.project_id and s.id = r.source_id
          order by page.figure desc, r.id desc`;
  const { ways, rest } = (filter.sort === "duration" ? byDuration : byGrowing)(pool, {
    ended: sides.ended ? parts.flatMap((part) => endedSides(pool, part, projectId)) : [],
    open: sides.open ? parts.map((part) => openSide(pool, part, { projectId, nowMs: atMs })) : [],
    sort: filter.sort,
    after,
    atMs,
  });
  const rows: SortedRow[] = [...(await read(ways, limit + 1))];
  rows.push(...(await read(rest, limit + 1 - rows.length)));
  const last = rows[limit - 1];
  return { rows: rows.slice(0, limit), nextCursor: last && rows.length > limit ? `${last.figure}_${atMs}_${last.id}` : null };
}

export function strangeCursor(): DomainError {
  return new DomainError("invalid_request", "This cursor is not valid for this list.", { path: "?cursor=" });
}

function placeOf(cursor: string): Place {
  const [, figure, atMs, id] = /^(-1|\d{1,16})_(\d{1,15})_(.+)$/.exec(cursor) ?? [];
  if (!id || !isUuid(id) || !Number.isSafeInteger(Number(figure))) throw strangeCursor();
  return { figure: Number(figure), atMs: Number(atMs), id };
}

type Fragment = ReturnType<typeof endedRuns>;
/** `probes`: conditions on another table, tested run by run once the runs are in order. */
type Side = { readonly from: Fragment; readonly where: Fragment; readonly probes?: Fragment };
/** Runs in index order; `keys` = the columns in `order`. Ways are mutually exclusive and are merged. */
type Way = Side & { readonly figure: Fragment; readonly keys: Fragment; readonly order: Fragment };
/** `rest`: runs without a known figure. */
type Ways = { readonly ways: readonly Way[]; readonly rest: readonly Way[] };

/**
 * The subquery is an optimisation fence: PostgreSQL sorts all open runs of one grade, and would probe each of them, tens of
 * thousands, before sorting. Outside the fence it probes only until it has a page.
 */
function oneWay(pool: Pool, way: Way, { projectId, most }: { readonly projectId: string; readonly most: number }): Fragment {
  const { from, figure, where, probes, keys, order } = way;
  if (!probes)
    return pool`(select id, ${figure} as figure from ${from} where project_id = ${projectId} ${where} order by ${order} limit ${most})`;
  return pool`(
    select id, ${figure} as figure from (
      select id, ${keys} from ${from} where project_id = ${projectId} ${where} order by ${order} offset 0
    ) o where true ${probes} order by ${order} limit ${most}
  )`;
}

function endedSides(pool: Pool, filter: RunFilter, projectId: string): Side[] {
  const where = endedConditions(pool, filter, projectId);
  return perSource(pool, filter).map((each) => ({ from: endedRuns(pool), where: pool`${each} ${where}` }));
}

function openSide(pool: Pool, filter: RunFilter, of: Listing): Side {
  const side = { from: pool`runs`, where: pool`${openCondition(pool)} ${rowConditions(pool, filter, of)}` };
  return hasProbes(filter) ? { ...side, probes: probeConditions(pool, filter, of.projectId) } : side;
}

type Asked = {
  readonly ended: readonly Side[];
  readonly open: readonly Side[];
  readonly sort: RunSort;
  readonly after: Place | undefined;
  readonly atMs: number;
};

const growing = {
  cost: { figure: "cost_nanos", grade: "cost_grade" },
  tokens: { figure: "tokens", grade: "tokens_grade" },
} as const;

/**
 * Cost and tokens. Ended runs are stored in this order. For open runs the index knows how often the figure has doubled
 * (db/schema/runs.ts), and PostgreSQL sorts each grade when it reaches it.
 */
function byGrowing(pool: Pool, { ended, open, sort, after }: Asked): Ways {
  const columns = growing[sort === "tokens" ? "tokens" : "cost"];
  const [figure, grade] = [pool(columns.figure), pool(columns.grade)];
  const below = after ? pool`and (${figure}, id) < (${after.figure}::bigint, ${after.id}::uuid)` : pool``;
  const isZero = after !== undefined && after.figure <= 0;
  return {
    ways: [
      ...ended.map((side) => ({
        ...side,
        figure: pool`${figure}`,
        where: pool`${below} ${side.where}`,
        keys: pool`${figure}`,
        order: pool`${figure} desc, id desc`,
      })),
      ...(isZero ? [] : open).map((side) => ({
        ...side,
        figure: pool`${figure}`,
        where: pool`and ${grade} > 0 ${after ? pool`and ${grade} <= ${Math.floor(Math.log2(after.figure + 1) + 1e-6)} ${below}` : pool``} ${side.where}`,
        keys: pool`${grade}, ${figure}`,
        order: pool`${grade} desc, ${figure} desc, id desc`,
      })),
      ...open.map((side) => ({
        ...side,
        figure: pool`0`,
        where: pool`and ${grade} = 0 ${isZero ? pool`and id < ${after.id}` : pool``} ${side.where}`,
        keys: pool`${grade}`,
        order: pool`${grade} desc, id desc`,
      })),
    ],
    rest: [],
  };
}

/** An open run's duration is the time since its start; a run that starts in our future has none yet. */
function byDuration(pool: Pool, { ended, open, after, atMs }: Asked): Ways {
  const isRest = after?.figure === noFigure;
  const began = after && pool`and started_at_ms >= ${atMs - after.figure} and (started_at_ms > ${atMs - after.figure} or id < ${after.id})`;
  const behind = isRest ? pool`and id < ${after.id}` : pool``;
  const none = pool`${noFigure}::bigint`;
  return {
    ways: isRest
      ? []
      : [
          ...ended.map((side) => ({
            ...side,
            figure: pool`duration_ms`,
            where: pool`and duration_ms is not null ${after ? pool`and (duration_ms, id) < (${after.figure}::bigint, ${after.id}::uuid)` : pool``} ${side.where}`,
            keys: pool`duration_ms`,
            order: pool`duration_ms desc, id desc`,
          })),
          ...open.map((side) => ({
            ...side,
            figure: pool`${atMs}::bigint - started_at_ms`,
            where: pool`and started_at_ms <= ${atMs} ${began ?? pool``} ${side.where}`,
            keys: pool`started_at_ms`,
            order: pool`started_at_ms, id desc`,
          })),
        ],
    rest: [
      ...ended.map((side) => ({
        ...side,
        figure: none,
        where: pool`and duration_ms is null ${behind} ${side.where}`,
        keys: pool`duration_ms`,
        order: pool`duration_ms desc, id desc`,
      })),
      ...open.map((side) => ({
        ...side,
        figure: none,
        where: pool`and (started_at_ms <= ${atMs}) is not true ${behind} ${side.where}`,
        keys: pool`started_at_ms`,
        order: pool`id desc nulls last`,
      })),
    ],
  };
}
