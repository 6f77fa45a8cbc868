import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { processMark } from "./process-mark";

/** What a server wrote to its cluster's postmaster.pid. */
export type Postmaster = { readonly pid: number; readonly port: number; readonly socketDir: string };

/** A pid that no process can have: PostgreSQL takes it for dead. */
const impossiblePid = "2147483646";

/** Reads postmaster.pid; null if it is missing or incomplete. */
export function readPostmaster(clusterDir: string): Postmaster | null {
  try {
    const lines = readFileSync(join(clusterDir, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines[3]), socketDir: lines[4] ?? "" } : null;
  } catch {
    return null;
  }
}

/** In a container, root may not be allowed to read another user's working directory, but it can always read the command line. */
function isNamedOnCommandLine(pid: number, clusterDir: string): boolean {
  const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  const data = words[words.indexOf("-D") + 1];
  return /\bpostgres$/.test(words[0] ?? "") && (data === clusterDir || data === "/proc/self/cwd");
}

/** Whether the process is this cluster's server, not a zombie or a later process with the same pid. */
export function isRunning(postmaster: Postmaster, clusterDir: string): boolean {
  if (processMark(postmaster.pid) === null) return false;
  if (process.platform !== "linux") return true;
  try {
    // A server's working directory is its cluster.
    return readlinkSync(`/proc/${postmaster.pid}/cwd`) === realpathSync(clusterDir);
  } catch {
    return existsSync(`/proc/${postmaster.pid}`) && isNamedOnCommandLine(postmaster.pid, clusterDir);
  }
}

/**
 * Makes PostgreSQL accept the file of a dead server whose pid is now a zombie or another program. Replaces only the pid: PostgreSQL
 * uses the rest of the file to find orphaned backends that still use the cluster.
 */
export function disownPostmasterFile(clusterDir: string): void {
  const path = join(clusterDir, "postmaster.pid");
  const lines = readFileSync(path, "utf8").split("\n");
  writeFileSync(path, [impossiblePid, ...lines.slice(1)].join("\n"));
}

/**
 * Removes the lock that a dead server left beside the socket. PostgreSQL does this itself, but mistakes a zombie, or another
 * program with the dead server's pid, for the server. The socket folder is ours alone, so the lock cannot be another server's.
 */
export function removeDeadSocketLock({ dir, socketDir, port }: { dir: string; socketDir: string; port: number }): void {
  const path = join(socketDir, `.s.PGSQL.${port}.lock`);
  if (!existsSync(path)) return;
  const pid = Number(readFileSync(path, "utf8").split("\n")[0]);
  if (!isRunning({ pid, port, socketDir }, dir)) rmSync(path, { force: true });
}
