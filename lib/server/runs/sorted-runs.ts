import type { Pool } from "@/db/client";
import { isTerminal } from "@/lib/core/run/status";
import { noFigure, type RunSort } from "@/lib/core/run-query/run-sort";
import { DomainError } from "../errors";
import { services } from "../services";
import { isUuid } from "../uuid";
import { resolveFilter } from "./resolve-filter";
import { type RunFilter, runConditions, unended } from "./run-filter";
import { type RunRow, runColumns } from "./run-row";

/** Where a page ends: the figure of its last run and its id. `atMs`: durations are as of then, so that pages of runs that go on fit together. */
type Place = { readonly figure: number; readonly atMs: number; readonly id: string };
type SortedRow = RunRow & { readonly figure: string };

/** A page of runs by a figure, the largest first. Throws invalid_request at a cursor of another list. */
export async function sortedPage(
  projectId: string,
  filter: RunFilter & { readonly sort: RunSort },
  { limit, cursor }: { readonly limit: number; readonly cursor?: string },
): Promise<{ rows: RunRow[]; nextCursor: string | null }> {
  const { pool, now } = services();
  const after = cursor === undefined ? undefined : placeOf(cursor);
  const atMs = after?.atMs ?? now();
  const conditions = runConditions(pool, await resolveFilter(projectId, filter), { projectId, nowMs: atMs });
  const read = (ways: readonly Way[], most: number) =>
    ways.length === 0 || most === 0
      ? []
      : pool<SortedRow[]>`
          select ${runColumns(pool)}, r.figure from (
            select * from (${ways.flatMap(({ figure, where, order }, at) => [
              at === 0 ? pool`` : pool`union all`,
              pool`(
                select *, ${figure} as figure from runs where project_id = ${projectId} and kind = 'run' ${where} ${conditions}
                order by ${order} limit ${most}
              )`,
            ])}) w order by figure desc, id desc limit ${most}
          ) r join sources s on s.project_id = r.project_id and s.id = r.source_id
          order by r.figure desc, r.id desc`;
  const { ways, rest } =
    filter.sort === "duration" ? byDuration(pool, filter.status, { after, atMs }) : byGrade(pool, gradedColumns[filter.sort], after);
  const rows: SortedRow[] = [...(await read(ways, limit + 1))];
  rows.push(...(await read([rest], limit + 1 - rows.length)));
  const last = rows[limit - 1];
  return { rows: rows.slice(0, limit), nextCursor: last && rows.length > limit ? `${last.figure}_${atMs}_${last.id}` : null };
}

export function strangeCursor(): DomainError {
  return new DomainError("invalid_request", "This cursor was not given by us for this list.", { path: "?cursor=" });
}

function placeOf(cursor: string): Place {
  const [, figure, atMs, id] = /^(-1|\d{1,16})_(\d{1,15})_(.+)$/.exec(cursor) ?? [];
  if (!id || !isUuid(id) || !Number.isSafeInteger(Number(figure))) throw strangeCursor();
  return { figure: Number(figure), atMs: Number(atMs), id };
}

type Fragment = ReturnType<typeof newestFirst>;
/** Runs as an index gives them. Ways exclude each other and are merged; of the `rest` no figure is known, or it is zero. */
type Way = { readonly figure: Fragment; readonly where: Fragment; readonly order: Fragment };
type Ways = { readonly ways: readonly Way[]; readonly rest: Way };

const gradedColumns = {
  cost: { figure: "cost_nanos", grade: "cost_grade" },
  tokens: { figure: "tokens", grade: "tokens_grade" },
} as const;

// The index knows how often the figure doubled (db/schema/runs.ts): PostgreSQL sorts what has one grade as it comes to it.
function byGrade(pool: Pool, columns: (typeof gradedColumns)[keyof typeof gradedColumns], after: Place | undefined): Ways {
  const [figure, grade] = [pool(columns.figure), pool(columns.grade)];
  const isRest = after !== undefined && after.figure <= 0;
  const below =
    after &&
    pool`and ${grade} <= ${Math.floor(Math.log2(after.figure + 1) + 1e-6)} and (${figure}, id) < (${after.figure}::bigint, ${after.id}::uuid)`;
  return {
    ways: isRest
      ? []
      : [
          {
            figure: pool`${figure}`,
            where: pool`and ${grade} > 0 ${below ?? pool``}`,
            order: pool`${grade} desc, ${figure} desc, id desc`,
          },
        ],
    rest: {
      figure: pool`0`,
      where: pool`and ${grade} = 0 ${isRest ? pool`and id < ${after.id}` : pool``}`,
      order: newestFirst(pool),
    },
  };
}

/** Of a run that goes on the time since its start counts; one that begins in our future has none yet. */
function byDuration(pool: Pool, status: RunFilter["status"], { after, atMs }: { after: Place | undefined; atMs: number }): Ways {
  const goesOn = pool`started_at_ms <= ${atMs} and status in ${pool(unended)}`;
  const isRest = after?.figure === noFigure;
  const began = after && pool`and started_at_ms >= ${atMs - after.figure} and (started_at_ms > ${atMs - after.figure} or id < ${after.id})`;
  const ended: Way = {
    figure: pool`duration_ms`,
    where: pool`and duration_ms is not null ${after ? pool`and (duration_ms, id) < (${after.figure}::bigint, ${after.id}::uuid)` : pool``}`,
    order: pool`duration_ms desc, id desc`,
  };
  // The index holds them by the duration that they have not, then by their start.
  const open: Way = {
    figure: pool`${atMs}::bigint - started_at_ms`,
    where: pool`and duration_ms is null and ${goesOn} ${began ?? pool``}`,
    order: pool`duration_ms, started_at_ms, id desc`,
  };
  return {
    // Asked for what has ended, the planner would look for it among all that goes on.
    ways: isRest ? [] : status?.every((each) => isTerminal(each)) ? [ended] : [ended, open],
    rest: {
      figure: pool`${noFigure}::bigint`,
      where: pool`and duration_ms is null and (${goesOn}) is not true ${isRest ? pool`and id < ${after.id}` : pool``}`,
      order: newestFirst(pool),
    },
  };
}

function newestFirst(pool: Pool) {
  return pool`id desc nulls last`;
}
