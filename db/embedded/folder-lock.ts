import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { EmbeddedPostgresError } from "./error";
import { processMark } from "./process-mark";

type Holder = { pid: number; mark: string };

function parseHolder(text: string): Holder | null {
  try {
    const { pid, mark } = JSON.parse(text);
    return typeof pid === "number" && typeof mark === "string" ? { pid, mark } : null;
  } catch {
    return null;
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** The address that the running Watchfloor published for tools on this machine. */
function publishedUrl(dataDir: string, pid: number): string | null {
  try {
    const local = JSON.parse(readFileSync(join(dataDir, "local.json"), "utf8"));
    return local.pid === pid && typeof local.url === "string" ? local.url : null;
  } catch {
    return null;
  }
}

function refusal(dataDir: string, pid: number): EmbeddedPostgresError {
  const url = publishedUrl(dataDir, pid);
  return new EmbeddedPostgresError(`Watchfloor is already running${url ? ` at ${url}` : ""}, pid ${pid} (data folder ${dataDir}).`);
}

function createLock(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: "wx", mode: 0o644 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Takes a dead holder's lock away by renaming it: of two that try, one finds nothing to rename. */
function removeDeadLock(path: string, seen: string): void {
  const aside = `${path}.dead-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const moved = readText(aside);
  // Somebody else was faster and this is the new lock: give it back.
  if (moved !== null && moved !== seen) createLock(path, moved);
  rmSync(aside, { force: true });
}

/**
 * Makes this process the only Watchfloor on a data folder; answers the function that lets go.
 * Throws an EmbeddedPostgresError that names the running one. The lock of a dead process is taken over.
 */
export async function lockFolder(dataDir: string): Promise<() => void> {
  const path = join(dataDir, "watchfloor.lock");
  const own = JSON.stringify({ pid: process.pid, mark: processMark(process.pid) ?? "unknown" });
  for (let attempt = 0; attempt < 20; attempt++) {
    if (createLock(path, own)) {
      return () => {
        if (readText(path) === own) rmSync(path, { force: true });
      };
    }
    const seen = readText(path);
    if (seen === null) continue;
    const holder = parseHolder(seen);
    // The holder may be between creating its lock and writing it.
    if (!holder && attempt < 3) {
      await pause(50);
      continue;
    }
    if (holder && processMark(holder.pid) === holder.mark) throw refusal(dataDir, holder.pid);
    removeDeadLock(path, seen);
  }
  throw new EmbeddedPostgresError(`Another Watchfloor is starting on the data folder ${dataDir}.`);
}
