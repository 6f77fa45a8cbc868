import "./node-version.mjs";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { alone } from "./build-lock.mjs";
import { bundle, bundles } from "./bundles.mjs";
import { ensureInstalled } from "./install.mjs";
import { sourcesHash } from "./sources.mjs";
import { fail, root, runScript, StepError, say, secondsSince } from "./steps.mjs";

const mark = join(root, "dist", ".build-hash");

const lock = join(root, "dist", ".build-lock");

function isBuilt(hash) {
  const made = [...Object.values(bundles).map(({ outfile }) => outfile), ".next/BUILD_ID"];
  return existsSync(mark) && readFileSync(mark, "utf8") === hash && made.every((path) => existsSync(join(root, path)));
}

async function build(hash) {
  const startMs = performance.now();
  say("building (about 20 seconds) ...");
  rmSync(mark, { force: true });
  await bundle(Object.values(bundles));
  const pages = await runScript("next/dist/bin/next", ["build"], { env: { NODE_ENV: "production", CI: "1" } });
  if (pages.code !== 0) throw new StepError(`the pages failed to build:\n${pages.output.trim()}`);
  mkdirSync(join(root, "dist"), { recursive: true });
  writeFileSync(mark, hash);
  say(`built (${secondsSince(startMs)})`);
}

/** Builds when the sources are not the ones of the last build. */
export async function ensureBuilt() {
  if (isBuilt(sourcesHash())) return;
  await alone(lock, async () => {
    // Who waited for another's build may find what it needs, and the sources as they are by now.
    const hash = sourcesHash();
    if (!isBuilt(hash)) await build(hash);
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensureInstalled({ withTools: false })
    .then(() => alone(lock, () => build(sourcesHash())))
    .catch(fail);
}
