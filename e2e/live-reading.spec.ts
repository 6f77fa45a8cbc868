import { expect, type Locator, type Page, test } from "./fixtures";
import { manyEvents } from "./flows/many";
import { shannonFlow } from "./flows/shannon";
import { RunPage, type RunViewName } from "./pages/run-page";
import type { Floor } from "./support/floor";

/** A run of so many events that each view scrolls, and the next of them. */
async function growingRun(floor: Floor, run: string) {
  const at = new Date(Date.now() - 5_000);
  let count = 0;
  const grow = async (by: number) => {
    await floor.sendLines(manyEvents({ run, at, from: count + 1, to: count + by }));
    count += by;
    return count;
  };
  await grow(400);
  const { id } = await floor.run(run);
  return { id, grow };
}

/** Resolves when the page has all of them. */
async function expectHeard(run: RunPage, count: number): Promise<void> {
  await expect(run.views.getByRole("tab", { name: `Events ${count.toLocaleString("en")}` })).toBeVisible();
}

const marked = (page: Page) => page.evaluate(() => String(getSelection()));

type Reading = { readonly view: RunViewName; readonly query: string; readonly words: string; readonly within: (run: RunPage) => Locator };

const readings: readonly Reading[] = [
  { view: "Timeline", query: "", words: "to: 384", within: (run) => run.timeline },
  { view: "Transcript", query: "?view=transcript", words: "thought 395", within: (run) => run.transcript },
  { view: "Events", query: "?view=events", words: "thought 395", within: (run) => run.events },
];

for (const { view, query, words, within } of readings) {
  test(`${view}: what is marked with the mouse while a run goes on stays where it is and stays marked`, async ({ page, floor, word }) => {
    const { id, grow } = await growingRun(floor, `marked-${view}-${word}`);
    const run = new RunPage(page);
    await run.open(id, query);
    await expectHeard(run, 400);
    const text = within(run).getByText(words, { exact: true });
    await expect(text).toBeInViewport();
    const place = (await text.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const middle = place.y + place.height / 2;
    await page.mouse.move(place.x + 1, middle);
    await page.mouse.down();
    await expectHeard(run, await grow(40));
    expect(await text.boundingBox()).toEqual(place);
    await page.mouse.move(place.x + place.width - 1, middle, { steps: 4 });
    await page.mouse.up();
    expect(await marked(page)).toBe(words);
    await expectHeard(run, await grow(40));
    await expect(page.getByRole("button", { name: /^Back to live/ })).toBeVisible();
    expect(await marked(page)).toBe(words);
    expect(await text.boundingBox()).toEqual(place);
    // A row whose words were marked was not pressed.
    expect(new URL(page.url()).searchParams.get("sel")).toBeNull();
  });

  test(`${view}: a press on a row of a run that goes on opens that row`, async ({ page, floor, word }) => {
    const { id, grow } = await growingRun(floor, `pressed-${view}-${word}`);
    const run = new RunPage(page);
    await run.open(id, query);
    await expectHeard(run, 400);
    const text = within(run).getByText(words, { exact: true });
    await text.hover();
    await page.mouse.down();
    await expectHeard(run, await grow(40));
    await page.mouse.up();
    await expect(run.inspector).toBeVisible();
    const sel = new URL(page.url()).searchParams.get("sel");
    expect(sel).toMatch(view === "Timeline" ? /^tool:384/ : /^395$/);
  });
}

/** The first row in sight, and where it stands. */
const topRow = (list: Locator) =>
  list.evaluate((box) => {
    const top = box.getBoundingClientRect().top + 40;
    const rows = [...box.querySelectorAll("[data-row], [data-seq]")].map((row) => ({
      text: row.textContent,
      at: row.getBoundingClientRect().top,
    }));
    return rows.filter(({ at }) => at >= top).sort((a, b) => a.at - b.at)[0];
  });

for (const { view, query, words, within } of readings) {
  test(`${view}: who has scrolled away and looks at another view comes back to the same rows`, async ({ page, floor, word }) => {
    const { id, grow } = await growingRun(floor, `kept-${view}-${word}`);
    const run = new RunPage(page);
    await run.open(id, query);
    await expectHeard(run, 400);
    await within(run).getByText(words, { exact: true }).hover();
    await page.mouse.wheel(0, -1_200);
    await expect(page.getByRole("button", { name: /^Back to live/ })).toBeVisible();
    await expect.poll(async () => (await topRow(within(run)))?.text).not.toContain("38");
    const left = await topRow(within(run));
    await run.show("Cost");
    await expect(within(run)).toHaveCount(0);
    await expectHeard(run, await grow(40));
    await run.show(view);
    await expect.poll(() => topRow(within(run))).toEqual(left);
  });
}

test("what was folded in the timeline is folded when one comes back to it", async ({ page, floor, word }) => {
  const flow = shannonFlow({ run: `folded-${word}`, at: new Date(Date.now() - 3_000) });
  const run = new RunPage(page);
  await run.open(await floor.send("shannon", flow.run, flow.first));
  await run.span("data-analyst").locator("[data-toggle]").click();
  await expect(run.span("csv_loader")).toHaveCount(0);
  await run.show("Events");
  await run.show("Timeline");
  await expect(run.span("data-analyst")).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("4");
  await page.keyboard.press("j");
  await expect(run.events.locator("[data-row]:focus")).toHaveCount(1);
});

for (const { view, query, within } of readings.filter(({ view }) => view !== "Timeline")) {
  test(`${view}: what is marked over more than a screen is copied whole`, async ({ page, floor, word }) => {
    const { id } = await growingRun(floor, `whole-${view}-${word}`);
    const run = new RunPage(page);
    await run.open(id, query);
    await expectHeard(run, 400);
    const at = (seq: number) => within(run).getByText(`thought ${seq}`, { exact: true });
    await at(395).hover();
    await page.mouse.wheel(0, -100_000);
    await at(3).click({ position: { x: 1, y: 8 } });
    await expect(run.inspector).toBeVisible();
    await at(6).hover();
    await page.mouse.wheel(0, 2_500);
    const last = at(view === "Events" ? 94 : 70);
    await last.click({ modifiers: ["Shift"], position: { x: 40, y: 8 } });
    await expect.poll(() => marked(page)).toMatch(/^thought 3\n.*thought 6\n.*thought 30\n.*thought 31\n.*thought 50/s);
  });
}
