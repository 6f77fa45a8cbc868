import { asc, eq } from "drizzle-orm";
import { budgets } from "@/db/schema";
import type { Budget, BudgetList } from "@/lib/core/budgets/budget";
import { windowStart } from "@/lib/core/budgets/charge";
import { overshootOf } from "@/lib/core/budgets/overshoot";
import { iso } from "../iso";
import { services } from "../services";
import { exposureOf } from "./exposure";
import { reportedBudgets } from "./reported-budgets";

/** How many uses and crossings to show for each. */
const told = 5;

type UseRow = { readonly budget_id: string; readonly window_ms: string; readonly key: string; readonly spent: string };
type CrossingRow = UseRow & {
  readonly threshold: number;
  readonly run_id: string;
  readonly run_name: string | null;
  readonly external_id: string | null;
  readonly seq: string;
  readonly at_ms: string;
  readonly acted_at_ms: string | null;
  readonly asked: number | null;
  readonly refused: number | null;
};

/** The project's budgets, with their current usage and latest crossings. */
export async function listBudgets(projectId: string): Promise<BudgetList> {
  const { db, now } = services();
  const rows = await db.select().from(budgets).where(eq(budgets.projectId, projectId)).orderBy(asc(budgets.id));
  const nowMs = now();
  const current = rows.map((row) => ({ b: row.id, w: windowStart(row.window, nowMs) }));
  const [uses, crossings, reported, exposure] = await Promise.all([
    largestUses(projectId, rows, nowMs),
    newestCrossings(projectId, current),
    reportedBudgets(projectId, nowMs),
    rows.length === 0 ? null : exposureOf(projectId, nowMs),
  ]);
  return {
    reported,
    budgets: rows.map((row) => ({
      ...budgetOf(row),
      overshoot: exposure === null ? null : overshootOf(row, exposure),
      uses: uses
        .filter((use) => use.budget_id === row.id)
        .map(({ key, window_ms, spent }) => ({ key, since: since(window_ms), spent: Number(spent) })),
      crossings: crossings
        .filter((crossing) => crossing.budget_id === row.id)
        .map(({ key, window_ms, spent, threshold, run_id, run_name, external_id, seq, at_ms, ...acted }) => ({
          key,
          since: since(window_ms),
          threshold,
          spent: Number(spent),
          run: external_id === null ? null : { id: run_id, name: run_name || external_id },
          seq: Number(seq),
          at: iso(at_ms),
          acted: acted.acted_at_ms === null ? null : { at: iso(acted.acted_at_ms), asked: acted.asked ?? 0, refused: acted.refused ?? 0 },
        })),
    })),
  };
}

export function budgetOf(row: typeof budgets.$inferSelect): Budget {
  const { id, name, scope, target, unit, amount, window, thresholds, action, actionAt, createdAtMs } = row;
  return { id, name, scope, target, unit, amount, window, thresholds, action, actionAt, createdAt: new Date(createdAtMs).toISOString() };
}

function since(windowMs: string): string | null {
  return windowMs === "0" ? null : iso(windowMs);
}

type Current = readonly { readonly b: string; readonly w: number }[];

function largestUses(projectId: string, rows: readonly (typeof budgets.$inferSelect)[], nowMs: number): Promise<UseRow[]> {
  const asked = rows.map(({ id, scope, target, unit, window }) => ({
    b: id,
    o: scope,
    g: target,
    u: unit,
    d: window,
    w: windowStart(window, nowMs),
  }));
  return services().pool<UseRow[]>`
    select u.* from json_to_recordset(${JSON.stringify(asked)}::text::json) as t(b uuid, o text, g text, u text, d text, w bigint)
    cross join lateral (
      select t.b as budget_id, c.window_ms, c.key, bounded_sum(case t.u when 'tokens' then c.tokens else c.nanos end - coalesce(l.counted, 0)) as spent
      from budget_counts c left join budget_baselines l on l.project_id = c.project_id and l.window_ms = c.window_ms and l.key = c.key and l.budget_id = t.b
      where c.project_id = ${projectId} and c.scope = t.o and c."window" = t.d and c.window_ms = t.w and (t.g is null or c.key = t.g)
        and case t.u when 'tokens' then c.tokens else c.nanos end <> coalesce(l.counted, 0)
      order by spent desc, key limit ${told}
    ) u`;
}

function newestCrossings(projectId: string, current: Current): Promise<CrossingRow[]> {
  return services().pool<CrossingRow[]>`
    select c.*, r.name as run_name, r.external_id from json_to_recordset(${JSON.stringify(current)}::text::json) as t(b uuid, w bigint)
    cross join lateral (
      select budget_id, window_ms, key, spent, threshold, run_id, seq, at_ms, acted_at_ms, asked, refused from budget_crossings
      where project_id = ${projectId} and budget_id = t.b order by at_ms desc, threshold desc limit ${told}
    ) c left join runs r on r.project_id = ${projectId} and r.id = c.run_id
    order by c.at_ms desc, c.threshold desc`;
}
