import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, expect, test } from "vitest";
import { backUp } from "./back-up";
import type { ServerAddress } from "./client";
import { type EmbeddedPostgres, EmbeddedPostgresError, startEmbedded } from "./embedded";

let folder: string;
let dataDir: string;
let into: string;
const servers = new Set<EmbeddedPostgres>();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wf-backup-"));
  chmodSync(folder, 0o755);
  dataDir = join(folder, "data");
  into = join(folder, "saved", "monday");
});

afterEach(async () => {
  for (const server of servers) await server.stop();
  servers.clear();
  rmSync(folder, { recursive: true, force: true });
});

async function start(dir: string): Promise<EmbeddedPostgres> {
  const server = await startEmbedded({ dataDir: dir });
  servers.add(server);
  return server;
}

async function ask<Row>(connection: ServerAddress, query: (sql: postgres.Sql) => Promise<Row>): Promise<Row> {
  const sql = postgres({ ...connection, max: 1, onnotice: () => {} });
  try {
    return await query(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Numbers that were committed, one a transaction, beside a row that each of them changes. */
const makeTables = (connection: ServerAddress) =>
  ask(connection, async (sql) => {
    await sql`create table numbers (n int primary key, filler text)`;
    await sql`create table total (sum bigint)`;
    await sql`insert into total values (0)`;
  });
const addNumber = (sql: postgres.Sql, n: number) =>
  sql`with added as (insert into numbers values (${n}, repeat('x', 5000)) returning n) update total set sum = sum + (select n from added)`;
const readTables = (connection: ServerAddress) =>
  ask(connection, async (sql) => {
    const [row] = await sql<{ count: number; most: number; sum: number }[]>`
      select count(*)::int as count, coalesce(max(n), 0) as most, (select sum::int from total) as sum from numbers`;
    return row;
  });

test("G1: a backup of a working server has all that was committed before it, whole and without holes, and starts as any data folder", async () => {
  const { connection } = await start(dataDir);
  await makeTables(connection);
  writeFileSync(join(dataDir, "secret.key"), "sealed\n", { mode: 0o600 });
  let committed = 0;
  let isDone = false;
  const writing = ask(connection, async (sql) => {
    while (!isDone) {
      await addNumber(sql, committed + 1);
      committed += 1;
      // The log's files are taken again and again behind checkpoints: without its slot the backup would lose the first of them.
      if (committed % 50 === 0) await sql`select pg_switch_wal()`;
      if (committed % 100 === 0) await sql`checkpoint`;
    }
  });
  await expect.poll(() => committed).toBeGreaterThan(200);
  const before = committed;
  await backUp({ dataDir, into });
  const during = committed - before;
  isDone = true;
  await writing;

  expect(during).toBeGreaterThan(0);
  const saved = await readTables((await start(into)).connection);
  expect(saved?.count).toBeGreaterThanOrEqual(before);
  expect(saved?.count).toBeLessThanOrEqual(committed);
  expect(saved?.most).toBe(saved?.count);
  expect(saved?.sum).toBe(((saved?.count ?? 0) * ((saved?.count ?? 0) + 1)) / 2);
  expect((await readTables(connection))?.count).toBe(committed);
  expect(readFileSync(join(into, "secret.key"), "utf8")).toBe("sealed\n");
  expect(statSync(join(into, "secret.key")).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(into, ".."))).toEqual(["monday"]);
});

test("a data folder on which nothing runs is backed up as well, and left stopped", async () => {
  const server = await start(dataDir);
  await makeTables(server.connection);
  await ask(server.connection, (sql) => addNumber(sql, 1));
  await server.stop();
  mkdirSync(into, { recursive: true });
  await backUp({ dataDir, into });
  expect(existsSync(join(dataDir, "postgres/postmaster.pid"))).toBe(false);
  expect(await readTables((await start(into)).connection)).toEqual({ count: 1, most: 1, sum: 1 });
  expect(await readTables((await start(dataDir)).connection)).toEqual({ count: 1, most: 1, sum: 1 });
});

test("a backup never overwrites anything, nor goes into what it copies", async () => {
  const { connection } = await start(dataDir);
  mkdirSync(into, { recursive: true });
  writeFileSync(join(into, "mine"), "kept");
  await expect(backUp({ dataDir, into })).rejects.toThrow(/is not empty/);
  expect(readdirSync(into)).toEqual(["mine"]);
  await expect(backUp({ dataDir, into: join(into, "mine") })).rejects.toThrow(/cannot be used/);
  await expect(backUp({ dataDir, into: dataDir })).rejects.toThrow(/is inside the data folder/);
  await expect(backUp({ dataDir, into: join(dataDir, "postgres", "copy") })).rejects.toThrow(/is inside the data folder/);
  await expect(backUp({ dataDir, into: join(dataDir, "..copy") })).rejects.toThrow(/is inside the data folder/);
  await expect(backUp({ dataDir: join(folder, "none"), into: join(folder, "b") })).rejects.toThrow(/There is no database/);
  expect(existsSync(join(folder, "none"))).toBe(false);
  await makeTables(connection);
});

test("a backup that fails halfway leaves nothing behind, and the server works on", async () => {
  const { connection } = await start(dataDir);
  await makeTables(connection);
  // A link out of the cluster is nothing that the copy could hold.
  writeFileSync(join(folder, "elsewhere"), "");
  symlinkSync(join(folder, "elsewhere"), join(dataDir, "postgres", "pg_tblspc", "1"));
  await expect(backUp({ dataDir, into })).rejects.toThrow(EmbeddedPostgresError);
  expect(readdirSync(join(into, ".."))).toEqual([]);
  rmSync(join(dataDir, "postgres", "pg_tblspc", "1"));
  await ask(connection, (sql) => addNumber(sql, 1));
  await backUp({ dataDir, into });
  expect(await readTables((await start(into)).connection)).toEqual({ count: 1, most: 1, sum: 1 });
});
