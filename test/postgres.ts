import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";
import type { ServerAddress } from "../db/client";

export type TestDatabase = {
  readonly connection: ServerAddress;
  /** Cuts what is still connected and removes the database. */
  readonly drop: () => Promise<void>;
};

async function administer(command: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres({ ...inject("postgres"), database: "postgres", max: 1, onnotice: () => {} });
  try {
    await command(sql);
  } finally {
    await sql.end();
  }
}

/**
 * A fresh, migrated database on the run's PostgreSQL (an empty one as a copy of `template0`), that no other test sees. Call it in
 * `beforeAll`, `drop` in `afterAll`.
 */
export async function createTestDatabase(copyOf?: "template0"): Promise<TestDatabase> {
  const template = inject("postgres");
  const database = `test_${randomBytes(6).toString("hex")}`;
  await administer((sql) => sql`create database ${sql(database)} template ${sql(copyOf ?? template.database)}`);
  return {
    connection: { ...template, database },
    drop: () => administer((sql) => sql`drop database if exists ${sql(database)} with (force)`),
  };
}
