import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { EmbeddedPostgresError } from "./error";
import { canEnter, type RunAs } from "./run-as";

/** sun_path holds 103 bytes on macOS and 107 on Linux, including the name below. */
const longestDir = 103 - "/.s.PGSQL.5432".length;

const prefix = "watchfloor-";

function own(dir: string, runAs: RunAs): void {
  chmodSync(dir, 0o700);
  if (runAs) chownSync(dir, runAs.uid, runAs.gid);
}

/** Creates a short folder for the socket that only `runAs` and we can enter. */
export function makeSocketDir(runAs: RunAs): string {
  for (const parent of new Set([tmpdir(), "/tmp", "/var/tmp", "/run"])) {
    if (Buffer.byteLength(join(parent, `${prefix}abcdef`)) > longestDir || !canEnter(parent, runAs)) continue;
    try {
      const dir = mkdtempSync(join(parent, prefix));
      own(dir, runAs);
      return dir;
    } catch {
      // Not writable: try the next one.
    }
  }
  throw new EmbeddedPostgresError(
    "No folder for temporary files can hold PostgreSQL's socket. Set TMPDIR to a writable folder with a short path.",
  );
}

/** Recreates a socket folder after something has removed it. */
export function restoreSocketDir(dir: string, runAs: RunAs): void {
  mkdirSync(dir, { recursive: true });
  own(dir, runAs);
}

/** Removes a socket folder that we created, and nothing else. */
export function removeSocketDir(dir: string): void {
  if (/^watchfloor-[A-Za-z0-9]{6}$/.test(basename(dir))) rmSync(dir, { recursive: true, force: true });
}
