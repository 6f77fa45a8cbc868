import type { Browser, Page } from "@playwright/test";
import { chromiumArgs, findChromium } from "../../scripts/chromium.mjs";
import type { Figure } from "../figures/figure";
import { HttpConnection, postBytes } from "../load/http-connection";
import { percentile } from "../stats";
import { readFrames, readRowsShown, recordRowsShown } from "./page-probe";
import { sendMore, sendRun } from "./send-run";
import type { Context, Suite } from "./suite";

const sizes = [
  [20_000, 1_500],
  [100_000, 3_000],
] as const;
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
    for (const [events, rowsMs] of sizes) figures.push(...(await measure(context, { browser, events, rowsMs })));
    return figures;
  } finally {
    await browser.close();
  }
};

async function measure(context: Context, of: { browser: Browser; events: number; rowsMs: number }): Promise<Figure[]> {
  const { browser, events, rowsMs } = of;
  const externalId = `page-${events}`;
  const runId = await sendRun(context, externalId, events);
  const browsing = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await browsing.newPage();
  await page.addInitScript(recordRowsShown);
  await page.goto(await signInUrl(context), { waitUntil: "load" });
  const shown: number[] = [];
  for (let open = 0; open < opens; open++) shown.push(await openRun(context, page, runId));
  const heapMb = await heapOf(page);
  const name = events.toLocaleString("en-US");
  const figures: Figure[] = [
    // The first reader of a run pays for its fold; it is the one that counts.
    {
      id: `page.${events}.rows.first`,
      label: `page of a run of ${name} events: rows on screen, first reader`,
      value: shown[0] ?? 0,
      unit: "ms",
      target: { atMost: rowsMs },
    },
    {
      id: `page.${events}.rows`,
      label: `page of a run of ${name} events: rows on screen, again`,
      value: percentile(shown.slice(1), 0.5),
      unit: "ms",
      target: { atMost: rowsMs },
    },
    { id: `page.${events}.heap`, label: `page of a run of ${name} events: JavaScript heap`, value: heapMb, unit: "MB" },
  ];
  let length = events;
  for (const view of views) {
    if (view !== "timeline") await openRun(context, page, `${runId}?view=${view}`);
    const { frames, sent } = await scroll(context, page, { externalId, length });
    length += sent;
    figures.push({
      id: `page.${events}.frame.${view}`,
      label: `${view} of ${name} events: frame while scrolling at ${liveRate} events/s, p95`,
      value: percentile(frames, 0.95),
      unit: "ms",
      target: { atMost: 33 },
    });
  }
  await browsing.close();
  for (const figure of figures) context.say(`${figure.label}: ${figure.value.toFixed(0)} ${figure.unit}`);
  return figures;
}

async function signInUrl({ product }: Context): Promise<string> {
  const connection = await HttpConnection.open(product.port);
  const { status, body } = await connection.request(postBytes("/api/sign-in-links", product.key, "{}"));
  connection.close();
  const { url } = JSON.parse(body.toString("utf8")) as { url?: string };
  if (!url) throw new Error(`no sign-in link: ${status} ${body.toString("utf8").slice(0, 200)}`);
  return url;
}

/** Milliseconds from the start of the navigation to rows on the screen. */
async function openRun({ product }: Context, page: Page, path: string): Promise<number> {
  await page.goto(`http://127.0.0.1:${product.port}/runs/${path}`, { waitUntil: "commit" });
  return page.evaluate(readRowsShown);
}

async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize / 1024 ** 2;
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
