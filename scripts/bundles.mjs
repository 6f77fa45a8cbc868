import { existsSync } from "node:fs";
import { join } from "node:path";
import { mendPostgres } from "./mend-postgres.mjs";
import { root, StepError } from "./steps.mjs";

/** Every program that is made of one entry and what it imports. Packages stay outside, except in the browser. */
export const bundles = {
  server: { entry: "server.ts", outfile: "dist/server.mjs" },
  cli: { entry: "cli/main.ts", outfile: "dist/cli.mjs" },
  demo: { entry: "demo/main.ts", outfile: "dist/demo.mjs" },
  worker: { entry: "lib/client/stream/worker.ts", outfile: "public/workers/stream.js", browser: true },
};

/** `server-only` throws outside a React server build, and a bundle of the server is not one. */
const serverOnly = {
  name: "server-only",
  setup(build) {
    build.onResolve({ filter: /^server-only$/ }, () => ({ path: "server-only", namespace: "nothing" }));
    build.onLoad({ filter: /.*/, namespace: "nothing" }, () => ({ contents: "" }));
  },
};

/** esbuild's options for a bundle. */
export function bundleOptions({ entry, outfile, browser = false }, mode = "production") {
  if (!existsSync(join(root, entry))) throw new StepError(`${entry} does not exist`);
  const shared = {
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    logLevel: "silent",
    plugins: [serverOnly, mendPostgres],
  };
  return browser
    ? {
        ...shared,
        platform: "browser",
        target: "es2022",
        minify: mode === "production",
        define: { "process.env.NODE_ENV": JSON.stringify(mode) },
      }
    : { ...shared, platform: "node", target: "node20", packages: "external", sourcemap: true };
}

/** Makes bundles; throws what esbuild found wrong, with its place. Its process ends with them: it would stay, with some 90 MB. */
export async function bundle(targets, mode) {
  const { build, formatMessages, stop } = await import("esbuild");
  const make = async (target) => {
    const options = bundleOptions(target, mode);
    try {
      await build(options);
    } catch (error) {
      if (!error.errors) throw error;
      throw new StepError(`${target.entry} failed to build:\n${(await formatMessages(error.errors, { kind: "error" })).join("")}`);
    }
  };
  try {
    await Promise.all(targets.map(make));
  } finally {
    await stop();
  }
}
