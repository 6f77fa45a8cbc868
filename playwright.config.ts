import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { chromiumArgs, findChromium } from "./scripts/chromium.mjs";

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

// Every worker reads this file again, with the environment of the first: what is chosen here once holds for all.
process.env.WATCHFLOOR_E2E_PORT ??= String(await freePort());
process.env.WATCHFLOOR_E2E_DATA ??= join(tmpdir(), `wf-e2e-${process.env.WATCHFLOOR_E2E_PORT}`);
process.env.WATCHFLOOR_CHROMIUM ??= await findChromium();
const baseURL = `http://127.0.0.1:${process.env.WATCHFLOOR_E2E_PORT}`;

/** Journeys in a real browser, against the built product on its own port and an empty data folder. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL,
    viewport: { width: 1440, height: 900 },
    // A trace writes down the whole page at every step, an eighth of the time: only when it is asked for.
    trace: process.env.WATCHFLOOR_TRACE ? "retain-on-failure" : "off",
    launchOptions: { executablePath: process.env.WATCHFLOOR_CHROMIUM, args: chromiumArgs },
  },
  webServer: {
    command: "node scripts/start.mjs",
    url: `${baseURL}/api/ready`,
    timeout: 120_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    env: {
      PORT: process.env.WATCHFLOOR_E2E_PORT,
      HOST: "127.0.0.1",
      WATCHFLOOR_DATA: process.env.WATCHFLOOR_E2E_DATA,
      DATABASE_URL: "",
      WATCHFLOOR_ALLOW_PRIVATE_TARGETS: "1",
    },
  },
});
