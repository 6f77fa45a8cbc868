import { type SQL, sql } from "drizzle-orm";

/** Serialises creating and deleting a project's budgets; held until the transaction ends. */
export function budgetLock(projectId: string): SQL {
  return sql`select pg_advisory_xact_lock(hashtext('watchfloor budgets'), hashtext(${projectId}))`;
}
