#!/usr/bin/env node
// The bundle is made by `npm start` and `npm run build`; in a fresh clone it is made here, once.
import { existsSync } from "node:fs";

const bundled = new URL("../dist/cli.mjs", import.meta.url);

function leave(message) {
  console.error(`watchfloor: ${message}`);
  process.exit(2);
}

const notInstalled = "the packages are not installed yet; run `npm start` once";

async function build() {
  try {
    const { bundle, bundles } = await import("../scripts/bundles.mjs");
    await bundle([bundles.cli]);
  } catch (error) {
    leave(
      error.code === "ERR_MODULE_NOT_FOUND"
        ? notInstalled
        : `the command line tool failed to build; run \`npm run build\`\n${error.message}`,
    );
  }
}

async function load() {
  if (!existsSync(bundled)) await build();
  try {
    return await import(bundled.href);
  } catch (error) {
    if (error.code === "ERR_MODULE_NOT_FOUND") return leave(notInstalled);
    throw error;
  }
}

const interrupt = new AbortController();
// The first Ctrl-C ends the command in order, the second one ends the process.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => interrupt.abort());
// A reader that goes away (`| head`) ends the output, not the process: the commands notice it by themselves.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

const { main } = await load();
const code = await main(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  signal: interrupt.signal,
});
// Kept-alive sockets would hold the process for seconds; what was printed goes out first.
process.stdout.write("", () => process.exit(code));
