import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { version } from "../package.json";

const root = join(import.meta.dirname, "..");
const bundles = pathToFileURL(join(root, "scripts/bundles.mjs")).href;

/** Bundles in a process of its own, as a start does, and says how the processes ended that it began. */
const script = `
import children from "node:child_process";
import { once } from "node:events";
const begun = [];
const { spawn } = children;
children.spawn = (...args) => {
  const child = spawn(...args);
  begun.push(child);
  return child;
};
const { bundle } = await import(${JSON.stringify(bundles)});
const [entry, outfile] = process.argv.slice(1);
await bundle([{ entry, outfile }]).catch((error) => console.log(error.message.split("\\n")[0]));
for (const child of begun) {
  child.ref();
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}
console.log(begun.length + " began and ended");
`;

it.each([
  ["export const a = 1;", "1 began and ended\n"],
  ["export const = 1;", "entry.ts failed to build:\n1 began and ended\n"],
])("what bundles the sources is gone when it is done, also when they do not build: %s", (source, said) => {
  mkdirSync(join(root, ".tmp"), { recursive: true });
  const folder = mkdtempSync(join(root, ".tmp", "bundles-"));
  const entry = join(relative(root, folder), "entry.ts");
  writeFileSync(join(folder, "entry.ts"), source);
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script, entry, join(folder, "out.mjs")], {
    encoding: "utf8",
    timeout: 30_000,
  });
  rmSync(folder, { recursive: true });
  expect(stderr).toBe("");
  expect(stdout.replace(entry, "entry.ts")).toBe(said);
});

it("the terminal tool bundles itself where nobody has built anything yet", () => {
  mkdirSync(join(root, ".tmp"), { recursive: true });
  const folder = mkdtempSync(join(root, ".tmp", "clone-"));
  for (const part of ["cli", "lib", "scripts", "package.json", "tsconfig.json"])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  const tool = spawnSync(process.execPath, [join(folder, "cli/watchfloor.mjs"), "--version"], { encoding: "utf8", timeout: 60_000 });
  rmSync(folder, { recursive: true });
  expect({ out: tool.stdout, err: tool.stderr }).toEqual({ out: `${version}\n`, err: "" });
});
