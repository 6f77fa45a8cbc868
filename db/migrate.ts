import { join } from "node:path";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { applyFunctions } from "./apply-functions";
import { type Connection, openPool } from "./client";
import { ensurePartitions } from "./partitions";
import { UnfitDatabaseError } from "./unfit-database";

/** The project of a fresh installation. */
export const defaultProjectId = "00000000-0000-7000-8000-000000000001";

export type MigrateOptions = { readonly folder: string; readonly nowMs: number; readonly tell?: (line: string) => void };

/**
 * Brings the schema and its functions up to date. Safe to run twice, and from two processes at once. Runs without a time limit,
 * whatever limits the role has. `folder` contains `migrations` and `functions`; partitions are created from the day of `nowMs` on.
 * `tell` is called if it waits for another process, or if a newer program was here.
 */
export async function migrate(connection: Connection, options: MigrateOptions): Promise<void> {
  const pool = openPool(connection, { max: 1, name: "migrate" });
  try {
    const [row] = await pool`select current_setting('server_version_num')::int as version`;
    if (row?.version < 150_000)
      throw new UnfitDatabaseError(`Watchfloor needs PostgreSQL 15 or newer; this server is ${Math.floor(row?.version / 10_000)}.`);
    await pool`select set_config(name, '0', false) from pg_settings where name in ('statement_timeout', 'lock_timeout', 'transaction_timeout')`;
    const [lock] = await pool`select pg_try_advisory_lock(hashtext('watchfloor migrations')) as taken`;
    if (!lock?.taken) {
      options.tell?.("waiting for another process that is migrating this database");
      await pool`select pg_advisory_lock(hashtext('watchfloor migrations'))`;
    }
    const migrationsFolder = join(options.folder, "migrations");
    await applyMigrations(drizzle(pool), { migrationsFolder });
    const newestMigrationMs = Math.max(...readMigrationFiles({ migrationsFolder }).map(({ folderMillis }) => folderMillis));
    await applyFunctions(pool, { folder: join(options.folder, "functions"), newestMigrationMs, tell: options.tell });
    await pool`insert into projects (id, name) values (${defaultProjectId}, 'Default') on conflict do nothing`;
    await pool`insert into feed_heads (project_id) values (${defaultProjectId}) on conflict do nothing`;
    await ensurePartitions(pool, options.nowMs);
  } finally {
    await pool.end({ timeout: 5 });
  }
}
