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

/** The URL that the running Watchfloor published for tools on this machine. */
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

/** Removes a dead holder's lock by renaming it: of two processes that try, one finds nothing to rename. */
function removeDeadLock(path: string, seen: string): void {
  const aside = `${path}.dead-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const moved = readText(aside);
  // Another process was faster and this is its new lock: put it back.
  if (moved !== null && moved !== seen) createLock(path, moved);
  rmSync(aside, { force: true });
}

/**
 * Makes this process the only Watchfloor on a data folder; returns the function that unlocks it. Throws an EmbeddedPostgresError
 * that names the running one. Takes over the lock of a dead process.
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
    // The holder may have created its lock but not written it yet.
    if (!holder && attempt < 3) {
      await pause(50);
      continue;
    }
    if (holder && processMark(holder.pid) === holder.mark) throw refusal(dataDir, holder.pid);
    removeDeadLock(path, seen);
  }
  throw new EmbeddedPostgresError(`Another Watchfloor is starting on the data folder ${dataDir}.`);
}
