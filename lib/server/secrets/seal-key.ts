import { createHash, hkdfSync, randomBytes } from "node:crypto";
import { chmodSync, existsSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeDataFolder } from "@/db/data-folder";

const keyBytes = 32;

/**
 * The key that seals secrets: derived from WATCHFLOOR_SECRET if set (several machines on one database need the same), else read
 * from the file `secret.key` in the data folder, which is created at the first start and readable only by its owner.
 */
export function readSealKey(options: { dataDir: string; secret: string | null }): Buffer {
  if (options.secret !== null) return Buffer.from(hkdfSync("sha256", options.secret, "watchfloor", "seal", keyBytes));
  makeDataFolder(options.dataDir);
  const path = join(options.dataDir, "secret.key");
  makeOnce(path);
  chmodSync(path, 0o600);
  const key = Buffer.from(readFileSync(path, "utf8").trim(), "base64");
  if (key.length !== keyBytes) throw new Error(`${path} does not contain a key of ${keyBytes} bytes. Restore it from a backup.`);
  return key;
}

/** The file is complete before it gets its name: of two processes that start together, one creates the key and the other reads it. */
function makeOnce(path: string): void {
  if (existsSync(path)) return;
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, randomBytes(keyBytes).toString("base64"), { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
}

/** Tells keys apart without revealing anything about them. */
export function keyMark(key: Buffer): string {
  return createHash("sha256").update("watchfloor seal key").update(key).digest("hex").slice(0, 8);
}
