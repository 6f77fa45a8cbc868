import { and, count, eq, type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, PgDialect, type PgTable } from "drizzle-orm/pg-core";
import type { TransactionSql } from "postgres";
import type { Db } from "@/db/client";
import { DomainError } from "./errors";

/** From drizzle or the driver itself. */
type Tx = TransactionSql | Pick<Db, "execute">;

type Limit = {
  readonly projectId: string;
  readonly table: PgTable & { readonly projectId: AnyPgColumn };
  /** Which rows of the table count; all by default. */
  readonly which?: SQL;
  readonly most: number;
  /** In the plural. */
  readonly things: string;
  readonly hint: string;
};

/**
 * Throws conflict when the project has reached its limit. Nobody else can add one until the transaction ends; otherwise several concurrent
 * callers would each find the last place free.
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
