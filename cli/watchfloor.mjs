#!/usr/bin/env node
// The bundle is made by `npm start` and `npm run build`; in a fresh clone it is made here, once.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const bundle = new URL("../dist/cli.mjs", import.meta.url);

async function build() {
  let esbuild;
  try {
    esbuild = await import("esbuild");
  } catch {
    console.error("watchfloor: the packages are not installed yet; run `npm start` (or `npm ci`) once");
    process.exit(2);
  }
  try {
    await esbuild.build({
      entryPoints: [`${root}cli/main.ts`],
      outfile: fileURLToPath(bundle),
      bundle: true,
      platform: "node",
      target: "node20",
      format: "esm",
      absWorkingDir: root,
      logLevel: "error",
    });
  } catch {
    console.error("watchfloor: the terminal tool could not be built; run `npm run build`");
    process.exit(2);
  }
}

const interrupt = new AbortController();
// The first Ctrl-C ends the command in order, the second one ends the process.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => interrupt.abort());
// A reader that goes away (`| head`) ends the output, not the process: the commands notice it by themselves.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

if (!existsSync(bundle)) await build();
const { main } = await import(bundle.href);
process.exitCode = await main(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  signal: interrupt.signal,
});
