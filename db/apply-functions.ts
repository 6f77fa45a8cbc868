import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Row, TransactionSql } from "postgres";
import { databaseCodeOf, isDatabaseGone, type Pool } from "./client";

/** The database rejected the function files and keeps the functions it has. */
export class FunctionFileError extends Error {}

type FunctionFile = { readonly path: string; readonly text: string };

/**
 * Makes the database's functions match the files in `folder`, all or none (docs/decisions/0020). The caller holds the migration
 * lock. `newestMigrationMs` is this program's newest migration: if the database has a newer one, it belongs to a newer program, and
 * `tell` is called.
 */
export async function applyFunctions(
  pool: Pool,
  options: { folder: string; newestMigrationMs: number; tell?: (line: string) => void },
): Promise<void> {
  const files = readFiles(options.folder);
  const texts = JSON.stringify(files.map(({ text }) => text));
  const hash = createHash("sha256").update(texts).digest("hex");
  const [applied] = await pool`
    select a.names, a.files = ${hash} and a.definitions = ${definitionsOf(pool, pool`a.names`)} as same,
      (select max(created_at) from drizzle.__drizzle_migrations) > ${options.newestMigrationMs}::bigint as newer
    from (select) as one left join applied_functions a on true`;
  if (applied?.newer)
    options.tell?.(
      "A newer version of Watchfloor has migrated this database, and this one may fail on what has changed. Update this one too.",
    );
  if (applied?.same || applied?.newer) return;
  await pool.begin(async (tx) => {
    const before = await functionsOf(tx);
    await create(tx, files);
    const now = await functionsOf(tx);
    const made = now.filter(({ oid, version }) => !before.some((old) => old.oid === oid && old.version === version));
    const names = [...new Set<string>(made.map(({ name }) => name))].sort();
    const ours = new Set([...names, ...(applied?.names ?? [])]);
    for (const { name, signature } of now.filter((one) => ours.has(one.name) && !made.includes(one)))
      await refusedIn(`${options.folder} (which no longer has ${name})`, () => tx.unsafe(`drop function ${signature}`));
    await tx`delete from applied_functions`;
    await tx`insert into applied_functions (files, names, definitions) values (${hash}, ${names}, ${definitionsOf(tx, tx`${names}::text[]`)})`;
  });
}

function readFiles(folder: string): FunctionFile[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  // A partial copy of the installation would drop them all.
  if (names.length === 0) throw new FunctionFileError(`There are no functions in ${folder}: the installation is incomplete.`);
  return names.sort().map((name) => ({ path: join(folder, name), text: readFileSync(join(folder, name), "utf8") }));
}

/** Two passes: bodies are checked once every function exists, so the order of the files does not matter. */
async function create(tx: TransactionSql, files: readonly FunctionFile[]): Promise<void> {
  for (const checked of ["off", "on"]) {
    await tx.unsafe(`set local check_function_bodies = ${checked}`);
    for (const { path, text } of files) await refusedIn(path, () => replace(tx, text), text);
  }
}

/**
 * Replaces the function in place, which calls in progress do not notice. One that cannot be replaced, because its return type
 * changed, is dropped and created.
 */
async function replace(tx: TransactionSql, text: string): Promise<void> {
  try {
    await tx.savepoint((inner) => inner.unsafe(text));
  } catch (error) {
    if (databaseCodeOf(error) !== "42P13") throw error;
    const names = [...text.matchAll(/^create or replace function (\w+)/gim)].map((match) => match[1]?.toLowerCase());
    for (const { signature } of (await functionsOf(tx)).filter(({ name }) => names.includes(name)))
      await tx.unsafe(`drop function ${signature}`);
    await tx.unsafe(text);
  }
}

/** Every function in the schema except those of extensions; `version` changes with each replacement. */
function functionsOf(tx: TransactionSql): Promise<Row[]> {
  return tx`
    select p.oid, p.xmin::text as version, p.proname as name, p.oid::regprocedure::text as signature from pg_proc p
    where p.pronamespace = current_schema()::regnamespace and p.prokind = 'f'
      and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')`;
}

function definitionsOf(sql: Pool | TransactionSql, names: ReturnType<Pool>) {
  return sql`(
    select encode(sha256(convert_to(coalesce(string_agg(pg_get_functiondef(p.oid), '' order by p.oid::regprocedure::text collate "C"), ''), 'UTF8')), 'hex')
    from pg_proc p where p.pronamespace = current_schema()::regnamespace and p.prokind = 'f' and p.proname = any(${names}))`;
}

/** Turns an error from the database into one line that says where. */
async function refusedIn(place: string, work: () => Promise<unknown>, text = ""): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isDatabaseGone(error) || !databaseCodeOf(error)) throw error;
    const { message, detail, position } = error as { message: string; detail?: string; position?: string };
    const line = position ? `, line ${text.slice(0, Number(position) - 1).split("\n").length}` : "";
    const said = [message, detail].filter(Boolean).join("; ").replaceAll(/\s+/g, " ");
    throw new FunctionFileError(`The database rejected the functions of ${place}${line}: ${said}. It keeps the ones it has.`, {
      cause: error,
    });
  }
}
