import type { BrowserContext } from "@playwright/test";
import type { Figure } from "../figures/figure";
import { percentile } from "../stats";
import { readInteractions, readRowsShown, recordInteractions, recordRowsShown } from "./page-probe";
import { sendMore, sendRun } from "./send-run";
import type { Context } from "./suite";

const events = 20_000;
const liveRate = 1_000;
const sendMs = 12_000;
const keys = ["ArrowDown", "ArrowDown", "ArrowUp", "Enter", "e", "e", "4", "1", "2", "1"] as const;
const rounds = 6;

/** From a key to the next paint while the run that is looked at grows by 1,000 events a second, and the longest task meanwhile. */
export async function measureInteraction(context: Context, browsing: BrowserContext): Promise<Figure[]> {
  const externalId = "page-interaction";
  const runId = await sendRun(context, externalId, events);
  const page = await browsing.newPage();
  await page.addInitScript(recordRowsShown);
  await page.addInitScript(recordInteractions);
  await page.goto(`http://127.0.0.1:${context.product.port}/runs/${runId}`, { waitUntil: "load" });
  await page.evaluate(readRowsShown);
  await page.getByRole("treegrid").getByRole("row").nth(3).click();
  const loadedMs = await page.evaluate(() => performance.now());
  const sending = sendMore(context, { externalId, after: events, rate: liveRate, durationMs: sendMs });
  let pressed = 0;
  for (let round = 0; round < rounds; round++) {
    for (const key of keys) {
      await page.keyboard.press(key);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      pressed += 1;
    }
  }
  await sending;
  const { delays, longestTaskMs } = await page.evaluate(readInteractions, loadedMs);
  // The browser reports what took at least 16 ms: the rest was faster.
  const all = [...delays, ...Array.from({ length: Math.max(0, pressed - delays.length) }, () => 16)];
  const figures: Figure[] = [
    {
      id: "page.interaction.p95",
      label: `run of ${events.toLocaleString("en-US")} events at ${liveRate.toLocaleString("en-US")} events/s: key to next paint, p95`,
      value: percentile(all, 0.95),
      unit: "ms",
      target: { atMost: 100 },
    },
    {
      id: "page.interaction.task",
      label: `run of ${events.toLocaleString("en-US")} events at ${liveRate.toLocaleString("en-US")} events/s: longest task after load`,
      value: longestTaskMs,
      unit: "ms",
      target: { atMost: 200 },
    },
  ];
  await page.close();
  for (const { label, value, unit } of figures) context.say(`${label}: ${value.toFixed(0)} ${unit}`);
  return figures;
}
