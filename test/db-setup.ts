import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import type { ServerAddress } from "../db/client";
import { startEmbedded } from "../db/embedded";
import { migrate } from "../db/migrate";

declare module "vitest" {
  interface ProvidedContext {
    /** The server that the run started; its database is the migrated one that tests copy. */
    postgres: ServerAddress;
  }
}

/** The database that is migrated once and copied for each test file. */
const template = "watchfloor_template";

/** Starts one embedded PostgreSQL for the run, migrates the database that tests copy, and takes both away at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "wf-test-"));
  const server = await startEmbedded({ dataDir });
  const connection = { ...server.connection, database: template };
  const sql = postgres({ ...server.connection, max: 1 });
  await sql`create database ${sql(template)}`;
  await sql.end();
  await migrate(connection, { folder: join(project.config.root, "db"), nowMs: Date.now() });
  project.provide("postgres", connection);
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
