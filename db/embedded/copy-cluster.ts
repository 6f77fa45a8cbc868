import { createReadStream, createWriteStream } from "node:fs";
import { chown, mkdir, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { RunAs } from "./run-as";

type Copy = { readonly from: string; readonly to: string; readonly runAs: RunAs };

/** Folders whose contents a server recreates, and the WAL, of which the copy takes what it needs afterwards. */
const emptied = new Set([
  ...["pg_dynshmem", "pg_notify", "pg_replslot", "pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans"],
  "pg_wal",
]);
/**
 * Files that belong only to the running server (PostgreSQL's documentation, "Making a Base Backup Using the Low Level API"), and
 * its messages.
 */
const leftOut = /^(postmaster\.(pid|opts)|server\.log(\.1)?|pgsql_tmp.*|pg_internal\.init.*)$/;
/** Says where WAL replay starts, so it is copied last. */
const control = join("global", "pg_control");
const readBytes = 1024 * 1024;

function isGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}

async function own(path: string, runAs: RunAs): Promise<void> {
  if (runAs) await chown(path, runAs.uid, runAs.gid);
}

/** Flushes the folder's own entries to disk, too. */
export async function settleFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path);
  await folder.sync().finally(() => folder.close());
}

/** Returns the number of bytes written and flushed. A file that shrinks during the copy ends where it ends: the WAL has the rest. */
async function copyFile({ from, to, runAs }: Copy): Promise<number> {
  const target = createWriteStream(to, { flags: "wx", mode: 0o600, flush: true });
  await pipeline(createReadStream(from, { highWaterMark: readBytes }), target);
  await own(to, runAs);
  return target.bytesWritten;
}

async function copyFolder(copy: Copy, inner = ""): Promise<number> {
  const { from, to, runAs } = copy;
  await mkdir(join(to, inner), { mode: 0o700 });
  await own(join(to, inner), runAs);
  let bytes = 0;
  for (const entry of await readdir(join(from, inner), { withFileTypes: true })) {
    const path = join(inner, entry.name);
    if (entry.isDirectory()) bytes += emptied.has(inner) ? 0 : await copyFolder(copy, path);
    else if (!entry.isFile()) throw new Error(`${join(from, path)} is not one of Watchfloor's files`);
    else if (!emptied.has(inner) && !leftOut.test(entry.name) && path !== control) {
      // A table dropped during the copy is gone; the WAL drops it in the copy.
      bytes += await copyFile({ from: join(from, path), to: join(to, path), runAs }).catch((error) => {
        if (isGone(error)) return 0;
        throw error;
      });
    }
  }
  await settleFolder(join(to, inner));
  return bytes;
}

/**
 * Copies a cluster's files except its WAL, between pg_backup_start and pg_backup_stop, while its server keeps writing. `to` must
 * not exist. Returns the number of bytes.
 */
export async function copyCluster(copy: Copy): Promise<number> {
  const bytes = await copyFolder(copy);
  return bytes + (await copyFile({ ...copy, from: join(copy.from, control), to: join(copy.to, control) }));
}

/** Copies the named WAL files. */
export async function copyLog(copy: Copy, names: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const name of names) bytes += await copyFile({ ...copy, from: join(copy.from, "pg_wal", name), to: join(copy.to, "pg_wal", name) });
  await settleFolder(join(copy.to, "pg_wal"));
  return bytes;
}

/** Writes a small file into the cluster. */
export async function writeInto({ to, runAs }: Omit<Copy, "from">, name: string, text: string): Promise<void> {
  const path = join(to, name);
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await own(path, runAs);
}
