import { expect, type Page, test } from "./fixtures";
import { manyEvents, startOf } from "./flows/many";
import { shannonFlow } from "./flows/shannon";
import { RunPage } from "./pages/run-page";
import { RunsPage } from "./pages/runs-page";

const justNow = () => new Date(Date.now() - 3_000);

/** What the reader's clipboard got: the button's word is not believed. */
async function copiedLink(page: Page): Promise<string> {
  await expect(page.getByRole("status").filter({ hasText: "Link to this view copied" })).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

/** The text of everything in sight, without what a clock moves. */
async function inSight(page: Page): Promise<string> {
  const text = await page.getByRole("main").innerText();
  return text.replaceAll(/\b(just now|\d+ (?:s|ms|m|h|d)( \d+ s)?( ago)?)\b/g, "<time>");
}

test("the link of a run's view shows another browser exactly the same: moment, zoom, selection, inspector, search, errors", async ({
  page,
  browser,
  context,
  floor,
  session,
  word,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const flow = shannonFlow({ run: `share-${word}`, at: justNow() });
  const id = await floor.send("shannon", flow.run, [...flow.first, ...flow.second]);
  const run = new RunPage(page);
  await run.open(id);
  await run.span("csv_loader").click();
  await run.inspector.getByRole("tab", { name: "Events" }).click();
  await page.getByRole("button", { name: "Zoom in" }).click();
  await page.getByRole("button", { name: "Zoom in" }).click();
  await page.getByRole("searchbox", { name: "Search in this run" }).fill("csv");
  await page.getByRole("slider", { name: "Position in the run" }).press("ArrowLeft");
  await expect(page).toHaveURL(/zoom=\d+-\d+/);
  await expect(page).toHaveURL(/(?=.*sel=tool)(?=.*tab=events)(?=.*q=csv)(?=.*at=\d+)/);
  await page.keyboard.press("y");
  const link = await copiedLink(page);
  expect(link).toBe(page.url());

  const other = await browser.newContext({ storageState: session });
  const theirs = await other.newPage();
  await theirs.goto(link);
  await expect(new RunPage(theirs).inspector.getByRole("tab", { name: "Events" })).toHaveAttribute("aria-selected", "true");
  await expect(theirs.getByRole("searchbox", { name: "Search in this run" })).toHaveValue("csv");
  await expect.poll(() => inSight(theirs)).toBe(await inSight(page));
  const bars = (on: Page) => new RunPage(on).timeline.evaluate((grid) => (grid.parentElement as HTMLElement).style.cssText);
  expect(await bars(theirs)).toBe(await bars(page));
  await other.close();
});

test("the link of the list brings filters and the run that is peeked at, also one that the list does not hold", async ({
  page,
  context,
  floor,
  word,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const at = justNow();
  await floor.sendLines(["a", "b"].map((one) => startOf({ run: `peek-${one}-${word}`, name: `Peeked ${one} ${word}`, at })));
  const runs = new RunsPage(page);
  await runs.open(`?q=${word}`);
  await expect(runs.row(`Peeked a ${word}`)).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Space");
  const peek = page.getByRole("complementary", { name: "Peek at run" });
  await expect(peek).toBeVisible();
  const name = await peek.getByRole("heading", { level: 2 }).innerText();
  await expect(page).toHaveURL(/(?=.*run=)(?=.*peek=true)/);
  await page.getByRole("button", { name: "Copy link to this view" }).click();
  const link = await copiedLink(page);
  await page.goto("about:blank");
  await page.goto(link.replace("q=", "status=failed&q="));
  await expect(peek.getByRole("heading", { level: 2 })).toHaveText(name);
  await page.keyboard.press("Escape");
  await expect(peek).toHaveCount(0);
  await expect(page).not.toHaveURL(/peek=/);
});

test("a link that is stale or mistyped opens the page all the same", async ({ page, floor, word }) => {
  const run = `stale-${word}`;
  await floor.sendLines(manyEvents({ run, at: justNow(), from: 1, to: 12 }));
  const runPage = new RunPage(page);
  const { id } = await floor.run(run);
  const wrong = "view=nowhere&sel=tool:99999&tab=x&zoom=9-3&at=-7&types=none,tool&team=%00&by=1&of=%F0%9F%A6%8A&errors=perhaps&q=";
  await runPage.open(id, `?${wrong}`);
  await expect(runPage.span("count").first()).toBeVisible();
  await runPage.open(id, "?zoom=90000000-99000000&at=999999&sel=agent:2:3:4");
  await expect(runPage.span("count").first()).toBeVisible();
  const runs = new RunsPage(page);
  await runs.open(`?run=not-a-run&peek=true&q=${word}`);
  await expect(runs.link(`Count for ${run}`)).toBeVisible();
  await expect(page.getByRole("complementary", { name: "Peek at run" })).toHaveCount(0);
});
