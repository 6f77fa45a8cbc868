import type { Sql, TransactionSql } from "postgres";
import { type Connection, openPool } from "./client";

const rounds = 3;

/**
 * Whether a connection is a database session of its own, as LISTEN, prepared statements and the migration lock require. A
 * transaction pooler gives one connection's session to another as soon as it is idle, or a different session to each transaction.
 */
export async function hasOwnSession(connection: Connection): Promise<boolean> {
  const one = openPool(connection, { max: 1, name: "fit" });
  const other = openPool(connection, { max: 1, name: "fit" });
  try {
    for (let round = 0; round < rounds; round++) {
      const before = await sessionOf(one);
      const [others, after] = await other.begin(async (held) => [await sessionOf(held), await sessionOf(one)]);
      if (others === before || after !== before) return false;
    }
    return true;
  } finally {
    await Promise.all([one.end({ timeout: 1 }), other.end({ timeout: 1 })]);
  }
}

/** The backend's process id. Queried without a prepared statement, which such a pooler may not support. */
async function sessionOf(sql: Sql | TransactionSql): Promise<number> {
  const [row] = await sql.unsafe("select pg_backend_pid() as pid");
  return row?.pid;
}
