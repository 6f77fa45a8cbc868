import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/test/postgres";
import { FunctionFileError } from "./apply-functions";
import { openPool, type Pool } from "./client";
import { migrate } from "./migrate";

let database: TestDatabase;
let sql: Pool;
/** A copy of the folder `db` whose files a test may change. */
let folder: string;

async function use(made: TestDatabase): Promise<void> {
  await sql?.end();
  await database?.drop();
  database = made;
  sql = openPool(database.connection, { max: 1, name: "test" });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wf-functions-"));
  for (const name of ["migrations", "functions"]) cpSync(join(import.meta.dirname, name), join(folder, name), { recursive: true });
  await use(await createTestDatabase());
});
afterEach(async () => {
  await sql.end();
  await database.drop();
  rmSync(folder, { recursive: true });
});

const start = () => migrate(database.connection, { folder, nowMs: Date.now() });
const file = (name: string) => join(folder, "functions", name);
const write = (name: string, text: string) => writeFileSync(file(name), text);

/** What the database has: the definition of each function that is no extension's, with the version of its row. */
async function functions(): Promise<{ name: string; source: string; definition: string; version: string }[]> {
  return sql`
    select proname as name, prosrc as source, pg_get_functiondef(oid) as definition, oid || '@' || xmin as version from pg_proc p
    where pronamespace = 'public'::regnamespace and prokind = 'f'
      and not exists (select from pg_depend where classid = 'pg_proc'::regclass and objid = p.oid and deptype = 'e')
    order by 3`;
}
const definitions = async () => (await functions()).map(({ definition }) => definition);
const versions = async () => (await functions()).map(({ version }) => version);
const named = async (name: string) => (await functions()).filter((one) => one.name === name);

describe("the functions of the database", () => {
  it("are exactly those of the files in a fresh one and in one of before, whatever was left in it", async () => {
    const texts = readdirSync(join(folder, "functions")).map((name) => readFileSync(file(name), "utf8"));
    const inFiles = texts.flatMap((text) => [...text.matchAll(/^CREATE OR REPLACE FUNCTION (\w+)/gm)].map((match) => match[1]));
    await use(await createTestDatabase("template0"));
    await start();
    const fresh = await functions();
    expect(fresh.map(({ name }) => name).sort()).toEqual(inFiles.sort());
    for (const { source } of fresh) expect(texts.filter((text) => text.includes(source))).toHaveLength(1);

    await use(await createTestDatabase("template0"));
    await applyMigrations(drizzle(sql), { migrationsFolder: join(folder, "migrations") });
    await sql`create function append_batch(p_runs text) returns bigint language sql as 'select 1::bigint'`;
    await sql`create or replace function bounded_plus(p_a bigint, p_b bigint) returns bigint language sql immutable as 'select 0::bigint'`;
    await start();
    expect(await definitions()).toEqual(fresh.map(({ definition }) => definition));
  });

  it("are left alone by a start that finds nothing changed", async () => {
    const before = await versions();
    await start();
    expect(await versions()).toEqual(before);
  });

  it("are applied at the next start when a file changed, came or went, and a function of other hands stays", async () => {
    await sql`create function theirs() returns integer language sql as 'select 5'`;
    write("answer.sql", "CREATE OR REPLACE FUNCTION answer() RETURNS integer LANGUAGE sql AS $$ SELECT 41 $$;");
    await start();
    expect(await sql`select answer(), theirs()`).toEqual([{ answer: 41, theirs: 5 }]);
    write("answer.sql", "CREATE OR REPLACE FUNCTION answer() RETURNS integer LANGUAGE sql AS $$ SELECT 42 $$;");
    await start();
    expect(await sql`select answer(), theirs()`).toEqual([{ answer: 42, theirs: 5 }]);
    rmSync(file("answer.sql"));
    await start();
    expect(await named("answer")).toEqual([]);
    expect(await sql`select theirs()`).toEqual([{ theirs: 5 }]);
  });

  it("take another list of parameters, other names of them and another result, and leave no overload", async () => {
    for (const [signature, body] of [
      ["(a integer) RETURNS integer", "SELECT a"],
      ["(a integer, b integer) RETURNS integer", "SELECT a + b"],
      ["(a integer, c integer) RETURNS integer", "SELECT a + c"],
      ["(a integer, c integer) RETURNS text", "SELECT (a + c)::text"],
      ["(a integer, c integer) RETURNS TABLE (sum integer)", "SELECT a + c"],
    ] as const) {
      write("add-up.sql", `CREATE OR REPLACE FUNCTION add_up${signature} LANGUAGE sql AS $$ ${body} $$;`);
      await start();
      const made = await named("add_up");
      expect(made).toHaveLength(1);
      expect(made[0]?.source).toBe(` ${body} `);
    }
  });

  it("are set right again when somebody changed one, or left one beside it, by hand", async () => {
    const before = await definitions();
    await sql`create or replace function bounded_plus(p_a bigint, p_b bigint) returns bigint language sql immutable as 'select 0::bigint'`;
    await start();
    expect(await definitions()).toEqual(before);
    await sql`create function bounded_plus(p_a text) returns bigint language sql as 'select 0::bigint'`;
    await start();
    expect(await definitions()).toEqual(before);
  });

  it("may call each other, whatever the order of their files", async () => {
    write("a-first.sql", "CREATE OR REPLACE FUNCTION a_first() RETURNS integer LANGUAGE sql AS $$ SELECT z_last() + 1 $$;");
    write("z-last.sql", "CREATE OR REPLACE FUNCTION z_last() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;");
    await use(await createTestDatabase("template0"));
    await start();
    expect(await sql`select a_first()`).toEqual([{ a_first: 2 }]);
  });

  it("are replaced under an index that needs one, which is there before and after", async () => {
    write("half.sql", "CREATE OR REPLACE FUNCTION half(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT a / 2 $$;");
    await start();
    await sql`create table halves (a integer)`;
    await sql`create index halves_by_half on halves (half(a))`;
    write("half.sql", "CREATE OR REPLACE FUNCTION half(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT a >> 1 $$;");
    await start();
    expect(await sql`select half(5), to_regclass('halves_by_half') is not null as indexed`).toEqual([{ half: 2, indexed: true }]);

    write("half.sql", "CREATE OR REPLACE FUNCTION half(a integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT a / 2::bigint $$;");
    await expect(start()).rejects.toThrow(/half\.sql: cannot drop function half\(integer\) because .*index halves_by_half depends/);
    rmSync(file("half.sql"));
    await expect(start()).rejects.toThrow(/no longer has half\): cannot drop function half\(integer\)/);
    expect(await sql`select half(5), to_regclass('halves_by_half') is not null as indexed`).toEqual([{ half: 2, indexed: true }]);
  });

  it("stay as they were when a file is broken: the start ends with one line that names it, and goes on when it is mended", async () => {
    const before = await functions();
    const good = readFileSync(file("find-known.sql"), "utf8");
    write("answer.sql", "CREATE OR REPLACE FUNCTION answer() RETURNS integer LANGUAGE sql AS $$ SELECT 42 $$;");
    for (const [from, to, line] of [
      [
        "RETURN QUERY",
        "RETURN QUERRY",
        /functions\/find-known\.sql, line 7: RETURN cannot have a parameter in function returning set\. It keeps the ones it has\.$/,
      ],
      ["CREATE OR REPLACE FUNCTION", "CREAT OR REPLACE FUNCTION", /functions\/find-known\.sql, line 3: syntax error at or near "CREAT"/],
      ["p_wanted text", "p_wanted texxt", /functions\/find-known\.sql, line 3: type texxt does not exist/],
    ] as const) {
      write("find-known.sql", good.replace(from, to));
      const error = (await start().catch((reason: unknown) => reason)) as Error;
      expect(error).toBeInstanceOf(FunctionFileError);
      expect(error.message).toMatch(line);
      expect(error.message).not.toContain("\n");
      expect(await functions()).toEqual(before);
    }
    write("find-known.sql", good);
    await start();
    expect(await sql`select answer()`).toEqual([{ answer: 42 }]);
  });

  it("are not all dropped by an installation that was copied without its files", async () => {
    const before = await functions();
    for (const name of readdirSync(join(folder, "functions"))) rmSync(file(name));
    await expect(start()).rejects.toThrow(/There are no functions in .*: the installation is incomplete\.$/);
    expect(await functions()).toEqual(before);
  });

  it("are made once by two processes that start at once", async () => {
    await use(await createTestDatabase("template0"));
    await Promise.all([start(), start(), start()]);
    const made = await versions();
    appendFileSync(file("append-batch.sql"), "-- Another comment.\n");
    await Promise.all([start(), start(), start()]);
    expect(await versions()).toHaveLength(made.length);
    expect(await sql`select count(*)::int as rows from applied_functions`).toEqual([{ rows: 1 }]);
  });

  it("stay a newer program's when an older one starts beside it", async () => {
    const journal = join(folder, "migrations/meta/_journal.json");
    const older = readFileSync(journal, "utf8");
    const { entries, ...rest } = JSON.parse(older);
    writeFileSync(
      journal,
      JSON.stringify({
        ...rest,
        entries: [...entries, { ...entries.at(-1), idx: entries.length, when: entries.at(-1).when + 1, tag: "later" }],
      }),
    );
    writeFileSync(join(folder, "migrations/later.sql"), "select 1");
    write("answer.sql", "CREATE OR REPLACE FUNCTION answer() RETURNS integer LANGUAGE sql AS $$ SELECT 42 $$;");
    await start();
    const newer = await versions();
    writeFileSync(journal, older);
    write("answer.sql", "CREATE OR REPLACE FUNCTION answer() RETURNS integer LANGUAGE sql AS $$ SELECT 41 $$;");
    const told: string[] = [];
    await migrate(database.connection, { folder, nowMs: Date.now(), tell: (line) => told.push(line) });
    expect(await versions()).toEqual(newer);
    expect(told).toEqual([
      "A newer version of Watchfloor has migrated this database, and this one may fail on what has changed. Update this one too.",
    ]);
  });

  it("are replaced beneath calls that are under way, which go on", async () => {
    write(
      "wait.sql",
      "CREATE OR REPLACE FUNCTION wait_a_while() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_lock_shared(7); RETURN 1; END $$;",
    );
    await start();
    const holder = await sql.reserve();
    await holder`select pg_advisory_lock(7)`;
    const other = openPool(database.connection, { max: 1, name: "other" });
    const waiting = other`select wait_a_while()`.execute();
    write("wait.sql", "CREATE OR REPLACE FUNCTION wait_a_while() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN 2; END $$;");
    for (let waiters = 0; waiters === 0; )
      [{ waiters }] =
        (await holder`select count(*)::int as waiters from pg_locks where locktype = 'advisory' and not granted`) as unknown as [
          { waiters: number },
        ];
    await start();
    await holder`select pg_advisory_unlock(7)`;
    holder.release();
    expect(await waiting).toEqual([{ wait_a_while: 1 }]);
    expect(await other`select wait_a_while()`).toEqual([{ wait_a_while: 2 }]);
    await other.end();
  });
});
