import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, run, StepError, say, secondsSince } from "./steps.mjs";

const lockFile = join(root, "package-lock.json");
const marker = join(root, "node_modules", ".watchfloor-lock");

function lockHash() {
  const hash = createHash("sha256").update(readFileSync(lockFile));
  return hash.update(`${process.platform}-${process.arch}`).digest("hex");
}

function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** Whether what npm wrote down about node_modules has every package of the lock file, which somebody may have installed without us. */
function hasEveryPackage(withTools) {
  const installed = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  const found = readJson(installed).packages ?? {};
  return Object.entries(readJson(lockFile).packages).every(
    ([path, entry]) =>
      path === "" || entry.optional || entry.devOptional || (entry.dev && !withTools) || found[path]?.version === entry.version,
  );
}

function isInstalled(hash, withTools) {
  const mark = existsSync(marker) ? readFileSync(marker, "utf8") : "";
  if (mark === `${hash} all` || (mark === `${hash} run` && !withTools)) return true;
  if (!hasEveryPackage(withTools)) return false;
  remember(hash, withTools);
  return true;
}

function remember(hash, withTools) {
  try {
    writeFileSync(marker, `${hash} ${withTools ? "all" : "run"}`);
  } catch {
    // A read-only node_modules is compared again at the next start.
  }
}

/**
 * Makes node_modules match package-lock.json, with `npm ci` when it does not.
 * `withTools` includes what only checks and tests need.
 */
export async function ensureInstalled({ withTools }) {
  const hash = lockHash();
  if (isInstalled(hash, withTools)) return;
  const startMs = performance.now();
  say("installing packages, once (half a minute) ...");
  const args = ["ci", ...(withTools ? ["--include=dev"] : ["--omit=dev"]), "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath?.endsWith(".js")
    ? await run(process.execPath, [process.env.npm_execpath, ...args])
    : await run("npm", args, { shell: process.platform === "win32" });
  if (npm.code !== 0) throw new StepError(`npm ci failed:\n${npm.output.trim().split("\n").slice(0, 12).join("\n")}`);
  remember(hash, withTools);
  say(`packages installed (${secondsSince(startMs)})`);
}
