import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "./postgres";

let mine: TestDatabase;
let other: TestDatabase;
beforeAll(async () => {
  [mine, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
});
afterAll(() => Promise.all([mine.drop(), other.drop()]));

test("a test database is migrated, and what a test writes into it no other test sees", async () => {
  const sql = postgres({ ...mine.connection, max: 1 });
  const elsewhere = postgres({ ...other.connection, max: 1 });
  await sql`insert into projects (id, name) values ('00000000-0000-7000-8000-0000000000ff', 'only here')`;
  const names = await elsewhere<{ name: string }[]>`select name from projects`;
  expect(names.map((row) => row.name)).not.toContain("only here");
  expect(names.length).toBeGreaterThan(0);
  await Promise.all([sql.end(), elsewhere.end()]);
});
