import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sourcePlaces } from "./source-places";

const folder = mkdtempSync(join(tmpdir(), "watchfloor-places-"));
const program = pathToFileURL(join(folder, "dist", "told.mjs")).href;
let stack = "";
beforeAll(async () => {
  writeFileSync(
    join(folder, "deep.ts"),
    "type Unused = number;\n\nexport function fail(): never {\n  throw new Error('it is broken');\n}\n",
  );
  writeFileSync(join(folder, "main.ts"), "import { fail } from './deep';\nexport default function start() {\n  fail();\n}\n");
  const outfile = join(folder, "dist", "told.mjs");
  await build({ entryPoints: [join(folder, "main.ts")], outfile, bundle: true, format: "esm", platform: "node", sourcemap: true });
  const { default: start } = (await import(/* @vite-ignore */ program)) as { default: () => void };
  try {
    start();
  } catch (error) {
    stack = (error as Error).stack ?? "";
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("a stack that is logged names the lines of the sources, not of the program that is made of them", () => {
  const told = sourcePlaces(`${stack}\n    at other (${program}.gone.mjs:1:1)\n    at node:internal/x:1:1`);
  expect(told).toContain("it is broken");
  expect(told).toContain(`${join(folder, "deep.ts")}:4:9`);
  expect(told).toContain(`${join(folder, "main.ts")}:3:3`);
  // What has no map stays.
  expect(told).toContain(`${program}.gone.mjs:1:1`);
  expect(told).toContain("node:internal/x:1:1");
});
