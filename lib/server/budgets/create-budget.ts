import { sql } from "drizzle-orm";
import { budgetBaselines, budgetCounts, budgets } from "@/db/schema";
import type { Budget, NewBudget } from "@/lib/core/budgets/budget";
import { holdLimit } from "../hold-limit";
import { services } from "../services";
import { uuidv7 } from "../uuid";
import { budgetLock } from "./budget-lock";
import { budgetOf } from "./list-budgets";

/** Every append reads all of them. */
export const maxBudgets = 200;

/** A new budget counts only what is reported after its creation. */
export async function createBudget(projectId: string, wanted: NewBudget): Promise<Budget> {
  const { db, now, budgets: books } = services();
  const thresholds = [...new Set(wanted.thresholds)].sort((a, b) => a - b);
  const row = await db.transaction(async (tx) => {
    // Otherwise the counts that this budget starts from could be deleted along with the last budget that used them.
    await tx.execute(budgetLock(projectId));
    const limit = { projectId, table: budgets, most: maxBudgets };
    await holdLimit(tx, { ...limit, things: "budgets", hint: "Delete one that is no longer needed." });
    const [made] = await tx
      .insert(budgets)
      .values({ ...wanted, thresholds, projectId, id: uuidv7(now()), createdAtMs: now() })
      .returning();
    const { id, scope, target, unit, window } = made as NonNullable<typeof made>;
    const held = unit === "tokens" ? budgetCounts.tokens : budgetCounts.nanos;
    await tx.execute(sql`
      insert into ${budgetBaselines} (project_id, window_ms, key, budget_id, counted)
      select ${projectId}, ${budgetCounts.windowMs}, ${budgetCounts.key}, ${id}, ${held} from ${budgetCounts}
      where ${budgetCounts.projectId} = ${projectId} and ${budgetCounts.scope} = ${scope} and ${budgetCounts.window} = ${window} and ${held} <> 0
        ${target === null ? sql`` : sql`and ${budgetCounts.key} = ${target}`}`);
    return made as NonNullable<typeof made>;
  });
  await books.renew(projectId);
  return budgetOf(row);
}
