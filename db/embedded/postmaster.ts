import { readFileSync, readlinkSync, realpathSync, writeFileSync } from "node:fs";
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

/** Whether the process is the server of this cluster, and not a later process with its number, or a zombie. */
export function isRunning(postmaster: Postmaster, clusterDir: string): boolean {
  if (processMark(postmaster.pid) === null) return false;
  if (process.platform !== "linux") return true;
  try {
    // A server's working directory is its cluster.
    return readlinkSync(`/proc/${postmaster.pid}/cwd`) === realpathSync(clusterDir);
  } catch {
    return readFileSync(`/proc/${postmaster.pid}/comm`, "utf8").startsWith("postgres");
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
