import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A reason to stop that a person can act on: shown without a stack. */
export class StepError extends Error {}

/** Says one line of progress. */
export function say(line) {
  console.log(`watchfloor: ${line}`);
}

/** Ends the process with one line, or with the stack when it is our own mistake. */
export function fail(error) {
  console.error(error instanceof StepError ? `watchfloor: ${error.message}` : error);
  process.exit(1);
}

/** Runs a program to its end; answers its exit code and what it printed. With `show` it prints to our own output instead. */
export function run(command, args, options = {}) {
  const { show = false, env = {}, shell = false } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
      stdio: show ? "inherit" : ["ignore", "pipe", "pipe"],
      shell,
      windowsHide: true,
    });
    let output = "";
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout?.setEncoding("utf8").on("data", collect);
    child.stderr?.setEncoding("utf8").on("data", collect);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs a program of node_modules, given the path of its script, with this Node. */
export function runScript(script, args, options) {
  return run(process.execPath, [join(root, "node_modules", script), ...args], options);
}

/** How long something took, for a progress line. */
export function secondsSince(startMs) {
  return `${((performance.now() - startMs) / 1000).toFixed(1)} s`;
}
