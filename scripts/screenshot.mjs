// Makes the README's picture from a running server with the demo agents: `npm start`, `npm run demo`, then this.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { chromiumArgs, ensureChromium } from "./chromium.mjs";
import { root } from "./steps.mjs";

const dataDir = process.env.WATCHFLOOR_DATA || join(root, ".watchfloor");
const { url, token } = JSON.parse(readFileSync(join(dataDir, "local.json"), "utf8"));
const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };

/** The Shannon team with the most agents shows the most of the page. */
async function bestRun() {
  const { runs } = await (await fetch(`${url}/api/runs?dialect=shannon&limit=100`, { headers })).json();
  const best = runs.toSorted((a, b) => b.agents + b.toolCalls - a.agents - a.toolCalls)[0];
  if (!best) throw new Error("No run to show: start the demo first.");
  return best.id;
}

const { url: link } = await (await fetch(`${url}/api/sign-in-links`, { method: "POST", headers, body: "{}" })).json();
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: chromiumArgs });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: 2, colorScheme: "light" });
  await page.goto(link);
  await page.goto(`${url}/runs/${await bestRun()}`);
  await page.getByRole("treegrid").getByRole("row").nth(3).waitFor();
  await page.evaluate(() => document.fonts.ready);
  mkdirSync(join(root, "docs/images"), { recursive: true });
  await page.screenshot({ path: join(root, "docs/images/run.png") });
} finally {
  await browser.close();
}
