import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { processMark } from "./process-mark";

/** What a server wrote into the postmaster.pid of its cluster. */
export type Postmaster = { readonly pid: number; readonly port: number; readonly socketDir: string };

/** A number no process can have: PostgreSQL takes it for dead. */
const impossiblePid = "2147483646";

/** Reads postmaster.pid; null when there is none or it is not complete yet. */
export function readPostmaster(clusterDir: string): Postmaster | null {
  try {
    const lines = readFileSync(join(clusterDir, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines[3]), socketDir: lines[4] ?? "" } : null;
  } catch {
    return null;
  }
}

/** A container may forbid root to look at another user's working directory; the command line it may always read. */
function isNamedOnCommandLine(pid: number, clusterDir: string): boolean {
  const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  const data = words[words.indexOf("-D") + 1];
  return /\bpostgres$/.test(words[0] ?? "") && (data === clusterDir || data === "/proc/self/cwd");
}

/** Whether the process is the server of this cluster, and not a later process with its number, or a zombie. */
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
 * Makes PostgreSQL accept the file of a dead server whose pid is now a zombie or another program. Only the pid is
 * replaced: by the rest of the file PostgreSQL finds orphaned backends that still use the cluster.
 */
export function disownPostmasterFile(clusterDir: string): void {
  const path = join(clusterDir, "postmaster.pid");
  const lines = readFileSync(path, "utf8").split("\n");
  writeFileSync(path, [impossiblePid, ...lines.slice(1)].join("\n"));
}

/**
 * Takes away the lock beside the socket that a dead server left. PostgreSQL does so itself, but takes a zombie, or another program with
 * the dead one's number, for the server. The folder of the socket is ours alone: nobody else's lock can lie there.
 */
export function removeDeadSocketLock({ dir, socketDir, port }: { dir: string; socketDir: string; port: number }): void {
  const path = join(socketDir, `.s.PGSQL.${port}.lock`);
  if (!existsSync(path)) return;
  const pid = Number(readFileSync(path, "utf8").split("\n")[0]);
  if (!isRunning({ pid, port, socketDir }, dir)) rmSync(path, { force: true });
}
