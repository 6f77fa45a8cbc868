import "./node-version.mjs";
import { cpus } from "node:os";
import { ensureInstalled } from "./install.mjs";
import { fail, runScript, secondsSince } from "./steps.mjs";

/** The longest first. None needs a database, a browser or a build. `--static`: none that `npm test` runs, too. */
const all = [
  { name: "pure tests", script: "vitest/vitest.mjs", args: ["run", "--project", "pure", "--reporter=dot"] },
  { name: "types", script: "typescript/bin/tsc", args: ["--noEmit", "-p", "."], prepare: ["next/dist/bin/next", ["typegen"]] },
  { name: "dead code", script: "knip/bin/knip.js", args: ["--no-progress"] },
  { name: "format and lint", script: "@biomejs/biome/bin/biome", args: ["ci", "--error-on-warnings", "--colors=off"] },
  { name: "walls", script: "../scripts/walls.mjs", args: [] },
];

const checks = process.argv.includes("--static") ? all.filter(({ name }) => name !== "pure tests") : all;

async function runCheck({ name, script, args, prepare }) {
  const startMs = performance.now();
  const prepared = prepare ? await runScript(...prepare) : { code: 0, output: "" };
  const { code, output } = prepared.code === 0 ? await runScript(script, args) : prepared;
  console.log(`${code === 0 ? "ok    " : "FAILED"} ${name} (${secondsSince(startMs)})`);
  if (code !== 0) console.log(`\n${output.trim()}\n`);
  return code === 0;
}

async function verify() {
  await ensureInstalled({ withTools: true });
  const startMs = performance.now();
  const waiting = [...checks];
  const results = [];
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) results.push(await runCheck(check));
  };
  await Promise.all(Array.from({ length: Math.max(2, Math.min(cpus().length, checks.length)) }, work));
  const failed = results.filter((good) => !good).length;
  console.log(failed === 0 ? `verified in ${secondsSince(startMs)}` : `${failed} of ${checks.length} checks failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

verify().catch(fail);
