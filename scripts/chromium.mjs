import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run, StepError, say } from "./steps.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const applications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** What lets Chromium run as root, in a container, and leave the network alone. */
export const chromiumArgs = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A Chromium of this machine: on the PATH, where it is usually installed, or Playwright's own; undefined when there is none. */
export async function findChromium() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...applications].find((path) => existsSync(path));
  if (found) return found;
  const { chromium } = await import("@playwright/test");
  const own = chromium.executablePath();
  return existsSync(own) ? own : undefined;
}

// On Ubuntu the package is a snap, which a container cannot run.
function isDebian() {
  return existsSync("/usr/bin/apt-get") && existsSync("/etc/os-release") && /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}

async function installOnDebian() {
  say("installing Chromium for the browser tests, once ...");
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium", "fonts-liberation"]]) {
    const apt = await run("apt-get", args, { env });
    if (apt.code !== 0) throw new StepError(`apt-get ${args[0]} failed:\n${apt.output.trim().split("\n").slice(-15).join("\n")}`);
  }
}

/** A Chromium for the browser tests, installed on Debian when we may. Throws what to install where we may not. */
export async function ensureChromium() {
  const found = await findChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && isDebian()) await installOnDebian();
  const installed = await findChromium();
  if (installed) return installed;
  throw new StepError(
    "the browser tests need Chromium or Chrome: install it with `npx playwright install --with-deps chromium` or your system's packages, then run `npm test` again.",
  );
}
