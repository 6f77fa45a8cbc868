import type { BrowserContext } from "@playwright/test";
import type { Figure } from "../figures/figure";
import { heapOf } from "./page-heap";
import { readRowsShown, recordRowsShown } from "./page-probe";
import { sendMore, sendRun } from "./send-run";
import type { Context } from "./suite";

const begun = 1_000;
/** Two hours of ten events a second, sent in some seconds. */
const events = 72_000;
const rate = 4_000;

/** What a page that stays open through two hours of a live run holds at half time and at the end, after a collection. */
export async function measureLongRun(context: Context, browsing: BrowserContext): Promise<Figure[]> {
  const externalId = "page-two-hours";
  const runId = await sendRun(context, externalId, begun);
  const page = await browsing.newPage();
  await page.addInitScript(recordRowsShown);
  await page.goto(`http://127.0.0.1:${context.product.port}/runs/${runId}`, { waitUntil: "load" });
  await page.evaluate(readRowsShown);
  let after = begun;
  const held: number[] = [];
  for (let half = 0; half < 2; half++) {
    const until = begun + ((half + 1) * events) / 2;
    while (after < until) after += await sendMore(context, { externalId, after, rate, durationMs: ((until - after) / rate) * 1_000 });
    await page
      .getByRole("tab", { name: /^Events/ })
      .filter({ hasText: after.toLocaleString("en-US") })
      .waitFor({ timeout: 120_000 });
    held.push(await heapOf(page));
  }
  await page.close();
  const label = `page open through ${events.toLocaleString("en-US")} live events: JavaScript heap`;
  const figures: Figure[] = [
    { id: "page.live.heap.half", label: `${label} at half time`, value: held[0] ?? 0, unit: "MB" },
    { id: "page.live.heap", label: `${label} at the end`, value: held[1] ?? 0, unit: "MB", target: { atMost: 150 } },
  ];
  for (const figure of figures) context.say(`${figure.label}: ${figure.value.toFixed(1)} ${figure.unit}`);
  return figures;
}
