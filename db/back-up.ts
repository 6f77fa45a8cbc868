import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import postgres from "postgres";
import type { ServerAddress } from "./client";
import { startEmbedded } from "./embedded";
import { connectionTo } from "./embedded/bring-up";
import { clusterPassword } from "./embedded/cluster";
import { copyCluster, copyLog, settleFolder, writeInto } from "./embedded/copy-cluster";
import { EmbeddedPostgresError } from "./embedded/error";
import { isRunning, readPostmaster } from "./embedded/postmaster";
import { chooseRunAs } from "./embedded/run-as";

type BackUp = {
  /** The data folder; a server may be using it. */
  readonly dataDir: string;
  /** A folder that does not exist yet or is empty. */
  readonly into: string;
};

/** What is needed to read the rest: the cluster's password, and the key of stored secrets. */
const keys = ["postgres-password", "secret.key"];

/** The address of the running server; if none is running, one is started for the duration of the backup. */
async function serverOf(dataDir: string): Promise<{ readonly connection: ServerAddress; readonly stop: () => Promise<void> }> {
  const dir = join(dataDir, "postgres");
  if (!existsSync(join(dir, "PG_VERSION"))) throw new EmbeddedPostgresError(`There is no database in ${dataDir}.`);
  const postmaster = readPostmaster(dir);
  if (!postmaster || !isRunning(postmaster, dir)) return startEmbedded({ dataDir });
  return { connection: connectionTo(clusterPassword(dataDir), postmaster), stop: async () => {} };
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  // A path on another drive has no relative form.
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

async function refuseTarget({ dataDir, into }: BackUp): Promise<void> {
  if (isWithin(dataDir, into)) throw new EmbeddedPostgresError(`${into} is inside the data folder.`);
  const found = await readdir(into).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new EmbeddedPostgresError(`${into} cannot be used: ${error.message}`);
  });
  if (found.length > 0) throw new EmbeddedPostgresError(`${into} is not empty: a backup needs a folder of its own.`);
}

/**
 * PostgreSQL's low-level backup API: copies the files while they change, and the WAL from before the first file until after the
 * last.
 */
async function copyServing(connection: ServerAddress, from: string, to: string): Promise<number> {
  const runAs = chooseRunAs(from);
  const copy = { from, to, runAs };
  // The backup and the slot that retains the WAL belong to this session and end with it.
  const sql = postgres({ ...connection, max: 1, max_lifetime: null, fetch_types: false, onnotice: () => {} });
  try {
    await sql`select pg_create_physical_replication_slot(${`watchfloor_backup_${process.pid}`}, true, true)`;
    const [begun] = await sql<{ file: string }[]>`select pg_walfile_name(pg_backup_start('watchfloor', true)) as file`;
    const bytes = await copyCluster(copy);
    const [stopped] = await sql<{ lsn: string; labelfile: string }[]>`select lsn::text, labelfile from pg_backup_stop(false)`;
    if (!begun || !stopped) throw new Error("the server did not report where its backup began and ended");
    const log = await sql<{ name: string }[]>`
      select name from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$' and name between ${begun.file} and pg_walfile_name(${stopped.lsn}::pg_lsn)`;
    const logBytes = await copyLog(
      copy,
      log.map(({ name }) => name),
    );
    await writeInto(copy, "backup_label", stopped.labelfile);
    await settleFolder(to);
    return bytes + logBytes;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function copyKeys(from: string, to: string): Promise<void> {
  for (const name of keys) {
    if (existsSync(join(from, name))) await writeInto({ to, runAs: null }, name, await readFile(join(from, name), "utf8"));
  }
}

/**
 * Copies a data folder while its server runs. The copy is a data folder in the state after a power cut: it has everything committed
 * before the call and some of what came later. It gets its name once it is complete. Returns the number of bytes. Throws an
 * EmbeddedPostgresError, one line for a person.
 */
export async function backUp(options: BackUp): Promise<number> {
  const dataDir = resolve(options.dataDir);
  const into = resolve(options.into);
  await refuseTarget({ dataDir, into });
  const server = await serverOf(dataDir);
  try {
    await mkdir(dirname(into), { recursive: true });
    const half = await mkdtemp(`${dirname(into)}${sep}${basename(into)}.part-`);
    try {
      // As in a data folder: PostgreSQL's own user must be able to traverse it.
      if (process.getuid?.() === 0) await chmod(half, 0o711);
      const bytes = await copyServing(server.connection, join(dataDir, "postgres"), join(half, "postgres"));
      await copyKeys(dataDir, half);
      await settleFolder(half);
      if (existsSync(into)) await rmdir(into);
      await rename(half, into);
      await settleFolder(dirname(into));
      return bytes;
    } catch (error) {
      await rm(half, { recursive: true, force: true });
      throw error;
    }
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error;
    throw new EmbeddedPostgresError(`The backup into ${into} failed: ${(error as Error).message}`);
  } finally {
    await server.stop();
  }
}
