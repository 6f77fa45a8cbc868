import { type SQL, sql } from "drizzle-orm";

/** Budgets of a project are made and deleted one after the other; held until the transaction ends. */
export function budgetLock(projectId: string): SQL {
  return sql`select pg_advisory_xact_lock(hashtext('watchfloor budgets'), hashtext(${projectId}))`;
}
