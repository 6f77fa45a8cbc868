import { chmodSync, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** Tells in one line why a data folder cannot be used. */
export class DataFolderError extends Error {}

/** Makes the data folder when it is missing. Throws DataFolderError. */
export function makeDataFolder(path: string): void {
  const isRoot = process.getuid?.() === 0;
  try {
    // As root, PostgreSQL's own user has to pass through; whatever is secret in it has a mode of its own.
    if (makeFolder(path) && isRoot) chmodSync(path, 0o711);
    if (!statSync(path).isDirectory()) throw new Error("it is not a folder");
  } catch (error) {
    throw new DataFolderError(`The data folder ${path} cannot be used: ${(error as Error).message}`);
  }
}

/**
 * The folder and those above it; true when it made the folder. Node's own recursive form never returns where the system says that a
 * folder is missing and cannot be made, as under /proc.
 */
function makeFolder(path: string): boolean {
  if (existsSync(path)) return false;
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  try {
    mkdirSync(path, { mode: 0o700 });
    return true;
  } catch (error) {
    // Another process was as quick.
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
