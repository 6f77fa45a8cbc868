import { expect, test } from "./fixtures";
import { manyEvents } from "./flows/many";
import { RunPage } from "./pages/run-page";

const count = 20_000;
const batch = 2_000;
const mostHeapBytes = 150 * 1024 * 1024;

test("a long run's header is there before the page's scripts, and stays where it is; its rows are on their way, and are read once", async ({
  page,
  floor,
  word,
}) => {
  const run = `early-${word}`;
  for (let from = 1; from <= 4_000; from += batch)
    await floor.sendLines(manyEvents({ run, at: new Date(Date.now() - 4_000), from, to: from + batch - 1 }));
  const { id } = await floor.run(run);
  const held: (() => void)[] = [];
  let holds = true;
  await page.route("**/_next/static/chunks/*.js", async (route) => {
    if (holds) await new Promise<void>((resolve) => held.push(resolve));
    await route.continue();
  });
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname, search } = new URL(request.url());
    if (/\/(window|chunks)$/.test(pathname)) asked.push(pathname.split("/").at(-1) + search);
  });
  const reads = ["window?events=0&at=4000", "chunks?after=0&upTo=4000"];
  await page.goto(`/runs/${id}`, { waitUntil: "commit" });
  await expect.poll(() => asked).toEqual(reads);
  const name = page.getByRole("heading", { level: 1 });
  const place = await name.boundingBox();
  holds = false;
  for (const go of held) go();
  await expect(new RunPage(page).timeline.getByRole("row").nth(1)).toBeVisible();
  expect(asked).toEqual(reads);
  expect(await name.boundingBox()).toEqual(place);
});

test("a run of 20,000 events opens, is reached anywhere by its scrollbar, and stays small in memory", async ({ page, floor, word }) => {
  const run = `big-${word}`;
  const at = new Date(Date.now() - count);
  for (let from = 1; from <= count; from += batch) await floor.sendLines(manyEvents({ run, at, from, to: from + batch - 1 }));
  const { id } = await floor.run(run);
  const opened = new RunPage(page);
  await opened.open(id, "?view=events");
  const scroller = opened.events.getByRole("rowgroup");
  await expect(opened.event(count)).toBeInViewport();
  for (const share of [0.5, 0, 0.25, 1]) {
    await scroller.evaluate((box, to) => {
      box.scrollTop = (box.scrollHeight - box.clientHeight) * to;
    }, share);
    const seq = await scroller.evaluate((box) => {
      const rowPx = box.scrollHeight / 20_000;
      return Math.min(20_000, Math.floor((box.scrollTop + box.clientHeight / 2) / rowPx) + 1);
    });
    await expect(opened.event(seq)).toBeInViewport();
  }
  await expect(opened.event(count)).toBeInViewport();

  await opened.show("Timeline");
  await expect(opened.timeline.getByRole("row").nth(1)).toBeVisible();
  expect(Number(await opened.timeline.getAttribute("aria-rowcount"))).toBeGreaterThan(count / 5);
  expect(await opened.timeline.getByRole("row").count()).toBeLessThan(120);
  await opened.show("Transcript");
  await expect(opened.transcript.getByRole("article").first()).toBeVisible();

  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.enable").then(() => session.send("Performance.getMetrics"));
  expect(metrics.find(({ name }) => name === "JSHeapUsedSize")?.value).toBeLessThan(mostHeapBytes);
});

test("a view of a long run that goes on draws the rows of where it stands when it is opened, and no others before them", async ({
  page,
  floor,
  word,
}) => {
  const run = `opened-${word}`;
  await floor.sendLines(manyEvents({ run, at: new Date(Date.now() - 2_000), from: 1, to: 2_000 }));
  const { id } = await floor.run(run);
  const opened = new RunPage(page);
  await opened.open(id, "?view=transcript");
  await expect(opened.transcript.getByText("thought 1999")).toBeInViewport();
  await page.evaluate(() => {
    const drawn: number[] = [];
    Object.assign(window, { drawn });
    // Also what is taken away again before anybody could see it.
    const { setAttribute } = Element.prototype;
    Element.prototype.setAttribute = function (name, value) {
      if (name === "data-row") drawn.push(Number(value));
      setAttribute.call(this, name, value);
    };
  });
  for (const [view, newest] of [
    ["Events", opened.event(2_000)],
    ["Timeline", opened.timeline.getByText("to: 2000", { exact: true })],
  ] as const) {
    await opened.show(view);
    await expect(newest).toBeInViewport();
    const drawn = await page.evaluate(() => (window as unknown as { drawn: number[] }).drawn.splice(0));
    expect(drawn.length).toBeGreaterThan(10);
    // The first row can be tabbed to, wherever the rows stand.
    expect(drawn.filter((row) => row > 0 && row < 100)).toEqual([]);
  }
});
