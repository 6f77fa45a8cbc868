import { type SQL, sql } from "drizzle-orm";
import { DomainError } from "../errors";
import { services } from "../services";
import { isUuid } from "../uuid";
import { budgetLock } from "./budget-lock";

/** Deletes a budget and its counts; what it wrote into runs stays there. */
export async function deleteBudget(projectId: string, id: string): Promise<void> {
  const { db, budgets: books } = services();
  const missing = new DomainError("not_found", "There is no budget with this id.");
  if (!isUuid(id)) throw missing;
  const gone = await db.transaction(async (tx) => {
    await tx.execute(budgetLock(projectId));
    const rows = await tx.execute(sql`delete from budgets where project_id = ${projectId} and id = ${id} returning id`);
    await tx.execute(sql`delete from budget_baselines where project_id = ${projectId} and budget_id = ${id}`);
    // A crossing being acted on stays locked while its runs receive control requests, which needs connections that waiting here would hold.
    // Skip it; retention deletes it.
    await tx.execute(sql`
      with free as (select threshold, window_ms, key from budget_crossings where project_id = ${projectId} and budget_id = ${id} for update skip locked)
      delete from budget_crossings c using free f
      where c.project_id = ${projectId} and c.budget_id = ${id} and c.threshold = f.threshold and c.window_ms = f.window_ms and c.key = f.key`);
    await tx.execute(sql`delete from budget_asks where project_id = ${projectId} and budget_id = ${id}`);
    await tx.execute(unusedCounts(projectId));
    return rows.length > 0;
  });
  await books.renew(projectId);
  if (!gone) throw missing;
}

/** Counts that no budget uses any more, locked in the order that every batch uses. */
function unusedCounts(projectId: string): SQL {
  return sql`
    with unused as (
      select scope, "window", window_ms, key from budget_counts c where project_id = ${projectId}
        and not exists (select from budgets b where b.project_id = c.project_id and b.scope = c.scope and b."window" = c."window")
      order by scope, "window", window_ms, key for update of c
    )
    delete from budget_counts c using unused u
    where c.project_id = ${projectId} and c.scope = u.scope and c."window" = u."window" and c.window_ms = u.window_ms and c.key = u.key`;
}
