import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../test/postgres";
import { transactionPooler } from "../test/transaction-pooler";
import { openPool } from "./client";
import { fitSession } from "./fit-session";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const silent = () => {};

it("asks for nothing where the defaults fit: a pooler lets in no session that asks", async () => {
  expect(await fitSession(database.connection, silent)).toEqual({ ...database.connection, session: {} });
});

it("asks for what the statements and the driver rely on, where a database or a role has it otherwise, and for nothing else", async () => {
  const odd = {
    array_nulls: "off",
    bytea_output: "escape",
    datestyle: "SQL, DMY",
    intervalstyle: "sql_standard",
    extra_float_digits: "0",
    standard_conforming_strings: "off",
    default_transaction_isolation: "serializable",
    default_transaction_read_only: "on",
    synchronous_commit: "off",
    timezone: "Asia/Kolkata",
  };
  const sql = postgres({ ...database.connection, max: 1 });
  for (const [name, value] of Object.entries(odd))
    await sql.unsafe(`alter database ${database.connection.database} set ${name} = '${value}'`);
  await sql.end();
  const connection = await fitSession({ ...database.connection, session: { options: "-c work_mem=7MB" } }, silent);
  const pool = openPool(connection, { max: 1, name: "test" });
  const [row] =
    await pool`select '\\x00ff'::bytea as bytes, '2026-02-01T00:00:00Z'::timestamptz as at, 0.1::float8 + 0.2 as sum, ('{a,NULL}'::text[])[2] is null as nulls,
    interval '1 day 2 hours' as interval, current_setting('default_transaction_isolation') as isolation, current_setting('synchronous_commit') as sync,
    current_setting('default_transaction_read_only') as frozen, current_setting('standard_conforming_strings') as conforming,
    current_setting('TimeZone') as zone, current_setting('work_mem') as memory`;
  expect(row).toEqual({
    bytes: Buffer.from([0, 255]),
    at: new Date("2026-02-01T00:00:00Z"),
    sum: 0.1 + 0.2,
    nulls: true,
    interval: "1 day 02:00:00",
    isolation: "read committed",
    sync: "on",
    frozen: "off",
    conforming: "on",
    zone: "Asia/Kolkata",
    memory: "7MB",
  });
  await pool.end();
});

it("refuses a database whose encoding cannot hold every text", async () => {
  const name = `${database.connection.database}_latin`;
  const admin = postgres({ ...database.connection, database: "postgres", max: 1 });
  await admin`create database ${admin(name)} encoding 'LATIN1' locale 'C' template template0`;
  await expect(fitSession({ ...database.connection, database: name }, silent)).rejects.toThrow("has the encoding LATIN1");
  await admin`drop database ${admin(name)} with (force)`;
  await admin.end();
});

it("refuses a pooler that lends a session for each transaction, also while others use it", async () => {
  const pooler = await transactionPooler(database.connection);
  const through = { ...database.connection, host: "127.0.0.1", port: pooler.port };
  await expect(fitSession(through, silent)).rejects.toThrow("leads to a pooler in transaction mode");
  const others = openPool(through, { max: 3, name: "test" });
  await Promise.all([1, 2, 3].map(() => others.unsafe("select 1")));
  await expect(fitSession(through, silent)).rejects.toThrow("leads to a pooler in transaction mode");
  pooler.stop();
  await others.end({ timeout: 0 });
});
