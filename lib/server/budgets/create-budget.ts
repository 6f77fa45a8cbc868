import { budgets } from "@/db/schema";
import type { Budget, NewBudget } from "@/lib/core/budgets/budget";
import { DomainError } from "../errors";
import { services } from "../services";
import { uuidv7 } from "../uuid";
import { budgetOf } from "./list-budgets";

/** Every append reads all of them. */
const maxBudgets = 200;

/** Counts what is reported after it was made. */
export async function createBudget(projectId: string, wanted: NewBudget): Promise<Budget> {
  const { db, now, budgets: rules } = services();
  if ((await rules.renew(projectId)).length >= maxBudgets)
    throw new DomainError("conflict", `A project has at most ${maxBudgets} budgets.`, { hint: "Delete one that is no longer needed." });
  const thresholds = [...new Set(wanted.thresholds)].sort((a, b) => a - b);
  const [row] = await db
    .insert(budgets)
    .values({ ...wanted, thresholds, projectId, id: uuidv7(now()), createdAtMs: now() })
    .returning();
  await rules.renew(projectId);
  return budgetOf(row as NonNullable<typeof row>);
}
