import { chmodSync, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** Says in one line why a data folder cannot be used. */
export class DataFolderError extends Error {}

/** Creates the data folder if it is missing. Throws DataFolderError. */
export function makeDataFolder(path: string): void {
  const isRoot = process.getuid?.() === 0;
  try {
    // When we are root, PostgreSQL's own user must be able to traverse it; secrets inside have modes of their own.
    if (makeFolder(path) && isRoot) chmodSync(path, 0o711);
    if (!statSync(path).isDirectory()) throw new Error("it is not a folder");
  } catch (error) {
    throw new DataFolderError(`The data folder ${path} cannot be used: ${(error as Error).message}`);
  }
}

/**
 * Creates the folder and its parents; true if it created the folder. Node's own recursive mkdir never returns if the system reports
 * a folder as missing that cannot be created, as under /proc.
 */
function makeFolder(path: string): boolean {
  if (existsSync(path)) return false;
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  try {
    mkdirSync(path, { mode: 0o700 });
    return true;
  } catch (error) {
    // Another process created it first.
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
