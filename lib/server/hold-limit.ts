import { and, count, eq, type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, PgDialect, type PgTable } from "drizzle-orm/pg-core";
import type { TransactionSql } from "postgres";
import type { Db } from "@/db/client";
import { DomainError } from "./errors";

/** Of drizzle, or the driver's own. */
type Tx = TransactionSql | Pick<Db, "execute">;

type Limit = {
  readonly projectId: string;
  readonly table: PgTable & { readonly projectId: AnyPgColumn };
  /** Which of the table's rows count; all unless told. */
  readonly which?: SQL;
  readonly most: number;
  /** In the plural. */
  readonly things: string;
  readonly hint: string;
};

/**
 * Throws conflict where a project has as many of these as it may. Until the transaction ends nobody else adds one: else several at once would
 * all find the last place free.
 */
export async function holdLimit(tx: Tx, { projectId, table, which, most, things, hint }: Limit): Promise<void> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtext(${`watchfloor ${things}`}), hashtext(${projectId}))`);
  const [found] = await run(tx, sql`select ${count()}::int as n from ${table} where ${and(eq(table.projectId, projectId), which)}`);
  if ((found?.n as number) >= most) throw new DomainError("conflict", `A project has at most ${most} ${things}.`, { hint });
}

const dialect = new PgDialect({ casing: "snake_case" });

function run(tx: Tx, statement: SQL): PromiseLike<readonly Record<string, unknown>[]> {
  if ("execute" in tx) return tx.execute(statement);
  const { sql: text, params } = dialect.sqlToQuery(statement);
  return tx.unsafe(text, params as string[]);
}
