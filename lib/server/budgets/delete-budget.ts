import { DomainError } from "../errors";
import { services } from "../services";
import { isUuid } from "../uuid";

/** Ends a budget with its counts; what it wrote into runs stays there. */
export async function deleteBudget(projectId: string, id: string): Promise<void> {
  const { pool, budgets: rules } = services();
  const missing = new DomainError("not_found", "There is no budget with this id.");
  if (!isUuid(id)) throw missing;
  const gone = await pool.begin(async (sql) => {
    const rows = await sql`delete from budgets where project_id = ${projectId} and id = ${id} returning id`;
    await sql`delete from budget_counters where project_id = ${projectId} and budget_id = ${id}`;
    await sql`delete from budget_crossings where project_id = ${projectId} and budget_id = ${id}`;
    return rows.length > 0;
  });
  await rules.renew(projectId);
  if (!gone) throw missing;
}
