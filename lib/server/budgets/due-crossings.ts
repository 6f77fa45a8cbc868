import type { TransactionSql } from "postgres";
import { uuidFloor } from "@/db/partitions";
import { windowStart } from "@/lib/core/budgets/charge";
import type { BudgetAction, BudgetScope, BudgetUnit, BudgetWindow } from "@/lib/core/budgets/words";
import { isTerminal, runStatuses } from "@/lib/core/run/status";

/** For a crossing that was acted on, runs that started longer ago are skipped: they were asked, or could not be asked in all that time. */
const begunMs = 600_000;
/** How many runs are asked before looking for more. */
export const stepRuns = 100;

export type DueCrossing = {
  readonly project_id: string;
  readonly budget_id: string;
  readonly window_ms: string;
  readonly key: string;
  readonly threshold: number;
  readonly run_id: string;
  readonly acted_at_ms: string | null;
  readonly name: string;
  readonly scope: BudgetScope;
  readonly unit: BudgetUnit;
  readonly amount: string;
  readonly window: BudgetWindow;
  readonly action: Exclude<BudgetAction, "notify">;
};

const underWay = runStatuses.filter((status) => !isTerminal(status));

/** Takes the oldest crossing that nobody has acted on and no other process holds, except those left for later. */
export async function takeNew(tx: TransactionSql, later: readonly DueCrossing[]): Promise<DueCrossing | null> {
  const [due] = await tx<DueCrossing[]>`
    select ${dueColumns(tx)} from budgets b join budget_crossings c on c.project_id = b.project_id and c.budget_id = b.id
    where b.action <> 'notify' and c.threshold >= b.action_at and c.acted_at_ms is null and ${isNoneOf(tx, later)}
    order by c.at_ms limit 1 for update of c skip locked`;
  return due ?? null;
}

/**
 * Takes a crossing that still stands (the last of its budget, in a window that is not over) and counts a run that it has not asked. A run
 * that could not be reached is asked once its agent listens.
 */
export async function takeStanding(tx: TransactionSql, nowMs: number, later: readonly DueCrossing[]): Promise<DueCrossing | null> {
  const [due] = await tx<DueCrossing[]>`
    select ${dueColumns(tx)} from budgets b
    join runs r on r.project_id = b.project_id and ${isOpen(tx)} and r.id >= ${uuidFloor(nowMs - begunMs)}
    join budget_crossings c on c.project_id = b.project_id and c.budget_id = b.id and c.threshold >= b.action_at and c.acted_at_ms is not null
      and c.window_ms = case b."window" when 'day' then ${windowStart("day", nowMs)}::bigint when 'month' then ${windowStart("month", nowMs)}::bigint else 0 end
      and c.key = case b.scope when 'agent' then r.agent when 'session' then r.session_id when 'project' then '' end
    where b.action <> 'notify' and ${isToAsk(tx)} and ${isNoneOf(tx, later)}
      and not exists (
        select from budget_crossings later where later.project_id = c.project_id and later.budget_id = c.budget_id
          and later.window_ms = c.window_ms and later.key = c.key and later.threshold > c.threshold
      )
    limit 1 for update of c skip locked`;
  return due ?? null;
}

/** The next runs under way that the crossing must ask; the run whose event crossed comes first. */
export async function runsToAsk(tx: TransactionSql, due: DueCrossing, nowMs: number): Promise<string[]> {
  const { project_id, budget_id, window_ms, key, threshold, run_id } = due;
  const counted = {
    run: tx`r.id = ${run_id}`,
    session: tx`r.session_id = ${key}`,
    agent: tx`(r.agent = ${key} or r.id = ${run_id})`,
    project: tx`true`,
  }[due.scope];
  const begun = due.acted_at_ms === null ? tx`true` : tx`r.id >= ${uuidFloor(nowMs - begunMs)}`;
  const rows = await tx<{ id: string }[]>`
    select r.id from runs r, (values (${budget_id}::uuid, ${window_ms}::bigint, ${key}::text, ${threshold}::smallint)) as c(budget_id, window_ms, key, threshold)
    where r.project_id = ${project_id} and ${isOpen(tx)} and ${counted} and ${begun} and ${isToAsk(tx)}
    order by r.id = ${run_id} desc, r.id desc limit ${stepRuns}`;
  return rows.map((row) => row.id);
}

function isNoneOf(tx: TransactionSql, crossings: readonly DueCrossing[]) {
  const keys = crossings.map(({ project_id: p, budget_id: b, window_ms: w, key: k, threshold: t }) => ({ p, b, w, k, t }));
  return tx`
    (c.project_id, c.budget_id, c.window_ms, c.key, c.threshold) not in (
      select t.p, t.b, t.w, t.k, t.t from json_to_recordset(${JSON.stringify(keys)}::text::json) as t(p uuid, b uuid, w bigint, k text, t smallint)
    )`;
}

function dueColumns(tx: TransactionSql) {
  return tx`c.project_id, c.budget_id, c.window_ms, c.key, c.threshold, c.run_id, c.acted_at_ms, b.name, b.scope, b.unit, b.amount, b."window", b.action`;
}

function isOpen(tx: TransactionSql) {
  return tx`r.kind = 'run' and r.ended_at_ms is null and r.status in ${tx(underWay)}`;
}

/** Whether crossing `c` has not asked run `r` yet, or could not and now can. */
function isToAsk(tx: TransactionSql) {
  return tx`
    not exists (
      select from budget_asks a
      where a.project_id = r.project_id and a.budget_id = c.budget_id and a.window_ms = c.window_ms and a.key = c.key and a.threshold = c.threshold
        and a.run_id = r.id and (a.refusal is distinct from 'not_controllable' or not exists (
          select from control_listeners l where l.project_id = r.project_id and l.run_id = r.id
        ))
    )`;
}
