import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

let house: string;

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), "wf-stale-"));
  cpSync(join(import.meta.dirname, "../scripts"), join(house, "scripts"), { recursive: true });
  mkdirSync(join(house, "lib"));
  mkdirSync(join(house, "public/workers"), { recursive: true });
  writeFileSync(join(house, "lib/word.ts"), "export const word = 1;");
});
afterEach(() => rmSync(house, { recursive: true, force: true }));

function sourcesHash(): string {
  const program = 'const { sourcesHash } = await import("./scripts/sources.mjs"); console.log(sourcesHash());';
  const ran = spawnSync(process.execPath, ["--input-type=module", "-e", program], { cwd: house, encoding: "utf8" });
  expect(ran.stderr).toBe("");
  return ran.stdout;
}

test("a build is stale after a source changed, came or went, and fresh again when it is back", () => {
  const first = sourcesHash();
  writeFileSync(join(house, "lib/word.ts"), "export const word = 2;");
  const changed = sourcesHash();
  writeFileSync(join(house, "lib/word.ts"), "export const word = 1;");
  writeFileSync(join(house, "lib/other.ts"), "");
  const added = sourcesHash();
  rmSync(join(house, "lib/other.ts"));
  expect(new Set([first, changed, added]).size).toBe(3);
  expect(sourcesHash()).toBe(first);
});

test("a checkout that only changes times, a test, or what the build itself wrote, does not make a build stale", () => {
  const first = sourcesHash();
  utimesSync(join(house, "lib/word.ts"), 1, 1);
  writeFileSync(join(house, "lib/word.test.ts"), "");
  writeFileSync(join(house, "public/workers/stream.js"), "");
  expect(sourcesHash()).toBe(first);
});
