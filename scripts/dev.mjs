import "./node-version.mjs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { settingsProblem } from "../lib/server/process/settings-problem.mjs";
import { bundleOptions, bundles } from "./bundles.mjs";
import { ensureInstalled } from "./install.mjs";
import { fail, root, StepError, say } from "./steps.mjs";

const program = "dist/dev-server.mjs";
let server;
let restarts = Promise.resolve();

function startServer() {
  server = spawn(process.execPath, ["--enable-source-maps", join(root, program)], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1", WATCHFLOOR_DEV: "1" },
    stdio: "inherit",
  });
}

async function stopServer() {
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, "exit");
  server.kill("SIGTERM");
  await ended;
}

/** Starts the server anew after each bundle that succeeded; one after the other, however fast somebody saves. */
const restartOnChange = {
  name: "restart",
  setup(build) {
    build.onEnd(({ errors }) => {
      if (errors.length > 0) return;
      restarts = restarts.then(async () => {
        if (server) say("server code changed, restarting");
        await stopServer();
        startServer();
      });
    });
  },
};

async function dev() {
  const problem = settingsProblem(process.env);
  if (problem) throw new StepError(problem);
  await ensureInstalled({ withTools: false });
  const { context } = await import("esbuild");
  const worker = await context({ ...bundleOptions(bundles.worker, "development"), logLevel: "warning" });
  await worker.watch();
  const options = bundleOptions({ ...bundles.server, outfile: program }, "development");
  const watched = await context({ ...options, logLevel: "warning", plugins: [...options.plugins, restartOnChange] });
  await watched.watch();
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, async () => {
      await Promise.all([watched.dispose(), worker.dispose()]);
      await restarts;
      await stopServer();
      process.exit(0);
    });
  }
}

dev().catch(fail);
