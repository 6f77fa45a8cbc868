import "./node-version.mjs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "./bundles.mjs";
import { ensureInstalled } from "./install.mjs";
import { fail, root, StepError } from "./steps.mjs";

async function runTypeScript([entry, ...args]) {
  if (!entry?.endsWith(".ts")) throw new StepError("usage: node scripts/run.mjs <file.ts> [arguments]");
  await ensureInstalled({ withTools: false });
  const outfile = `dist/run/${entry.replace(/\.ts$/, "").replaceAll("/", "-")}.mjs`;
  await bundle([{ entry, outfile }]);
  const program = resolve(root, outfile);
  process.argv = [process.execPath, program, ...args];
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(program).href);
}

runTypeScript(process.argv.slice(2)).catch(fail);
