import type { Browser, Page } from "@playwright/test";
import { chromiumArgs, findChromium } from "../../scripts/chromium.mjs";
import type { Figure } from "../figures/figure";
import { watchMemory } from "../process/memory";
import { percentile } from "../stats";
import { measureFirstLoad } from "./page-first-load";
import { heapOf } from "./page-heap";
import { measureInteraction } from "./page-interaction";
import { measureLongRun } from "./page-long-run";
import { readFrames, readJumps, readLongestTask, readRowsShown, recordRowsShown } from "./page-probe";
import { sendMore, sendRun } from "./send-run";
import type { Context, Suite } from "./suite";

type Size = { readonly events: number; readonly rowsMs: number; readonly scrolls: boolean };

const sizes: readonly Size[] = [
  { events: 20_000, rowsMs: 1_000, scrolls: true },
  { events: 100_000, rowsMs: 2_000, scrolls: true },
  { events: 1_000_000, rowsMs: 4_000, scrolls: false },
];
const jumps = 40;
const opens = 3;
const scrollMs = 5_000;
const liveRate = 200;
const views = ["timeline", "events"] as const;

/** The run's page in a real browser: when rows are on the screen, what it holds, and whether it scrolls while events arrive. */
export const pageSuite: Suite = async (context) => {
  const executablePath = await findChromium();
  if (!executablePath) {
    context.say("no Chromium on this machine: the page is not measured");
    return [];
  }
  const { chromium } = await import("@playwright/test");
  const browser = await chromium.launch({ executablePath, args: chromiumArgs });
  try {
    const figures: Figure[] = [];
    for (const size of sizes) figures.push(...(await measure(context, browser, size)));
    const browsing = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await (await browsing.newPage()).goto(await signInUrl(context), { waitUntil: "load" });
    figures.push(await measureFirstLoad(context, browsing));
    figures.push(...(await measureInteraction(context, browsing)));
    figures.push(...(await measureLongRun(context, browsing)));
    return figures;
  } finally {
    await browser.close();
  }
};

async function measure(context: Context, browser: Browser, size: Size): Promise<Figure[]> {
  const { events, rowsMs } = size;
  const externalId = `page-${events}`;
  const memory = watchMemory(context.product.pid);
  const runId = await sendRun(context, externalId, events);
  const browsing = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await browsing.newPage();
  await page.addInitScript(recordRowsShown);
  await page.goto(await signInUrl(context), { waitUntil: "load" });
  const shown: number[] = [];
  for (let open = 0; open < opens; open++) shown.push(await openRun(context, page, runId));
  const heapMb = await heapOf(page);
  const of = `page of a run of ${events.toLocaleString("en-US")} events`;
  const target = { atMost: rowsMs };
  const figures: Figure[] = [
    // What is not kept of a run yet its first reader pays for; it is the one that counts.
    { id: `page.${events}.rows.first`, label: `${of}: rows on screen, first reader`, value: shown[0] ?? 0, unit: "ms", target },
    { id: `page.${events}.rows`, label: `${of}: rows on screen, again`, value: percentile(shown.slice(1), 0.5), unit: "ms", target },
    { id: `page.${events}.heap`, label: `${of}: JavaScript heap`, value: heapMb, unit: "MB", target: { atMost: 150 } },
  ];
  if (size.scrolls) figures.push(...(await scrollViews(context, page, { runId, externalId, events })));
  else await openRun(context, page, runId);
  figures.push(...(await jump(page, of, events)));
  const mostMb = memory() / 1024 ** 2;
  figures.push({
    id: `page.${events}.memory`,
    label: `${of}: memory of the server, most`,
    value: mostMb,
    unit: "MB",
    target: { atMost: 512 },
  });
  await browsing.close();
  for (const figure of figures) context.say(`${figure.label}: ${figure.value.toFixed(0)} ${figure.unit}`);
  return figures;
}

async function scrollViews(
  context: Context,
  page: Page,
  { runId, externalId, events }: { runId: string; externalId: string; events: number },
): Promise<Figure[]> {
  const figures: Figure[] = [];
  let length = events;
  for (const view of views) {
    if (view !== "timeline") await openRun(context, page, `${runId}?view=${view}`);
    const { frames, sent } = await scroll(context, page, { externalId, length });
    length += sent;
    figures.push({
      id: `page.${events}.frame.${view}`,
      label: `${view} of ${events.toLocaleString("en-US")} events: frame while scrolling at ${liveRate} events/s, p95`,
      value: percentile(frames, 0.95),
      unit: "ms",
      target: { atMost: 33 },
    });
  }
  const task = await page.evaluate(readLongestTask);
  const label = `${views.at(-1)} of ${events.toLocaleString("en-US")} events: longest task after load`;
  return [...figures, { id: `page.${events}.task`, label, value: task, unit: "ms", target: { atMost: 200 } }];
}

/** How long positions all over the run take to be shown. */
async function jump(page: Page, of: string, events: number): Promise<Figure[]> {
  const taken = await page.evaluate(readJumps, jumps);
  return [
    { id: `page.${events}.jump.p50`, label: `${of}: any earlier position, p50`, value: percentile(taken, 0.5), unit: "ms" },
    {
      id: `page.${events}.jump.p95`,
      label: `${of}: any earlier position, p95`,
      value: percentile(taken, 0.95),
      unit: "ms",
      target: { atMost: 300 },
    },
  ];
}

async function signInUrl({ product }: Context): Promise<string> {
  // The link begins as the request's own address does, so that it must say the port.
  const reply = await fetch(`http://127.0.0.1:${product.port}/api/sign-in-links`, {
    method: "POST",
    headers: { authorization: `Bearer ${product.key}` },
  });
  const body = await reply.text();
  const { url } = JSON.parse(body) as { url?: string };
  if (!url) throw new Error(`no sign-in link: ${reply.status} ${body.slice(0, 200)}`);
  return url;
}

/** Milliseconds from the start of the navigation to rows on the screen. */
async function openRun({ product }: Context, page: Page, path: string): Promise<number> {
  await page.goto(`http://127.0.0.1:${product.port}/runs/${path}`, { waitUntil: "commit" });
  return page.evaluate(readRowsShown);
}

/** Frame times in milliseconds while the view scrolls and the run grows, and by how many events it grew. */
async function scroll(
  context: Context,
  page: Page,
  run: { externalId: string; length: number },
): Promise<{ frames: readonly number[]; sent: number }> {
  const sending = sendMore(context, { externalId: run.externalId, after: run.length, rate: liveRate, durationMs: scrollMs });
  const frames = await page.evaluate(readFrames, scrollMs);
  return { frames, sent: await sending };
}
