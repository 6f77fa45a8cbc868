import type { Pool } from "@/db/client";
import type { BudgetRule } from "@/lib/core/budgets/charge";

/** The budgets of a project as the append needs them. */
export async function readBudgetRules(pool: Pool, projectId: string): Promise<readonly BudgetRule[]> {
  const rows = await pool`
    select id, name, scope, target, unit, amount, "window", thresholds from budgets where project_id = ${projectId} order by id`;
  return rows.map((row) => ({ ...(row as unknown as BudgetRule), amount: Number(row.amount) }));
}
