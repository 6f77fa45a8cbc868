import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * The start time of a Linux process: its state, then ticks since boot in field 22 (proc_pid_stat(5)). The name in parentheses may
 * contain spaces.
 */
function linuxMark(pid: number): string | null {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z" || fields[0] === "X") return null;
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return `${boot}/${fields[19]}`;
}

function psMark(pid: number): string | null {
  const ps = spawnSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8" });
  const line = ps.stdout.trim();
  return ps.status === 0 && line !== "" && !line.startsWith("Z") ? line.replace(/^\S+\s+/, "") : null;
}

/** Whether a signal could reach `pid`; true for a zombie and for another user's process. */
export function canSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Tells a process from a later one with the same pid; null if it is dead or a zombie. Without /proc and ps (Windows) only its
 * existence is known.
 */
export function processMark(pid: number): string | null {
  if (!Number.isInteger(pid) || pid <= 0 || !canSignal(pid)) return null;
  try {
    if (process.platform === "linux") return linuxMark(pid);
    return process.platform === "win32" ? "exists" : psMark(pid);
  } catch {
    return null;
  }
}
