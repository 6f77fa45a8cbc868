import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { type Connection, openPool } from "./client";
import { ensurePartitions } from "./partitions";

/** The project that a fresh installation has. */
export const defaultProjectId = "00000000-0000-7000-8000-000000000001";

/**
 * Brings the schema up to date; a second run, or two processes at once, change nothing.
 * `folder` is the directory of the migrations, `nowMs` the day from which partitions are made.
 */
export async function migrate(connection: Connection, options: { folder: string; nowMs: number }): Promise<void> {
  const pool = openPool(connection, { max: 1, name: "migrate" });
  try {
    const [row] = await pool`select current_setting('server_version_num')::int as version`;
    if (row?.version < 150_000) throw new Error(`PostgreSQL 15 or newer is needed, this server is ${Math.floor(row?.version / 10_000)}.`);
    await pool`select pg_advisory_lock(hashtext('watchfloor migrations'))`;
    await applyMigrations(drizzle(pool), { migrationsFolder: options.folder });
    await pool`insert into projects (id, name) values (${defaultProjectId}, 'Default') on conflict do nothing`;
    await pool`insert into feed_heads (project_id) values (${defaultProjectId}) on conflict do nothing`;
    await ensurePartitions(pool, options.nowMs);
  } finally {
    await pool.end({ timeout: 5 });
  }
}
