import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../test/postgres";
import { migrate } from "./migrate";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase("template0");
});
afterAll(() => database.drop());

it("waits for another process that migrates, says so, and is bound by no time that the role is", async () => {
  const sql = postgres({ ...database.connection, max: 1, onnotice: () => {} });
  for (const name of ["statement_timeout", "lock_timeout"])
    await sql.unsafe(`alter database ${database.connection.database} set ${name} = '2s'`);
  await sql`select pg_advisory_lock(hashtext('watchfloor migrations'))`;
  const told: string[] = [];
  const migrated = migrate(database.connection, { folder: join(process.cwd(), "db"), nowMs: Date.now(), tell: (line) => told.push(line) });
  await expect.poll(() => told).toEqual(["waiting for another process that is migrating this database"]);
  await sql`select pg_sleep(2.5)`;
  await sql`select pg_advisory_unlock(hashtext('watchfloor migrations'))`;
  await migrated;
  expect(await sql`select name from projects`).toEqual([{ name: "Default" }]);
  await sql.end();
});
