import type { PendingQuery, Row, TransactionSql } from "postgres";
import type { Pool } from "@/db/client";

export type RowKey = { readonly projectId: string; readonly id: string };
type Sql = Pool | TransactionSql;
type Table = "webhooks" | "webhook_deliveries" | "approvals" | "control_requests";

/** A condition that selects the rows with these keys and can use their index. */
export function isOneOf(sql: Sql, keys: readonly RowKey[]): PendingQuery<Row[]> {
  const projects = keys.map(({ projectId }) => projectId);
  const ids = keys.map(({ id }) => id);
  return sql`(project_id, id) in (select * from unnest(${projects}::uuid[], ${ids}::uuid[]))`;
}

/**
 * The keys of the rows that meet a condition, each locked, in the one order that everybody uses: two transactions that want the same rows
 * then queue instead of deadlocking. A transaction that needs rows of several of these tables locks them table by table, in the order
 * above.
 */
export function takenInOrder(sql: Sql, table: Table, condition: PendingQuery<Row[]>): PendingQuery<Row[]> {
  return sql`select project_id, id from ${sql(table)} where ${condition} order by project_id, id for update`;
}
