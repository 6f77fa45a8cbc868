import "./node-version.mjs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { settingsProblem } from "../lib/server/process/settings-problem.mjs";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { fail, root, StepError } from "./steps.mjs";

async function start() {
  const problem = settingsProblem(process.env);
  if (problem) throw new StepError(problem);
  await ensureInstalled({ withTools: false });
  await ensureBuilt();
  if (process.env.WATCHFLOOR_DATA) process.env.WATCHFLOOR_DATA = resolve(process.env.WATCHFLOOR_DATA);
  process.chdir(root);
  process.env.NODE_ENV = "production";
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  // In this process, so that its pid is the one to signal and its memory is counted once.
  await import(pathToFileURL(resolve(root, "dist/server.mjs")).href);
}

start().catch(fail);
