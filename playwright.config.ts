import { defineConfig } from "@playwright/test";
import { chromiumArgs, findChromium } from "./scripts/chromium.mjs";

process.env.WATCHFLOOR_CHROMIUM ??= await findChromium();

/** Journeys in a real browser, against the built product on a port of its own and a data folder that is empty at first. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  // Journeys wait more than they work: one alone leaves half of a small machine idle.
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // Limits against hanging, not measures: a machine that others use as well at times gives a fifth of itself.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  use: {
    viewport: { width: 1440, height: 900 },
    // A trace writes down the whole page at every step, an eighth of the time: only when it is asked for.
    trace: process.env.WATCHFLOOR_TRACE ? "retain-on-failure" : "off",
    launchOptions: {
      executablePath: process.env.WATCHFLOOR_CHROMIUM,
      // A name of this machine that a browser does not take for this machine's own: what it grants to localhost it does not grant there.
      args: [...chromiumArgs, "--host-resolver-rules=MAP plain-http.test 127.0.0.1"],
    },
  },
});
