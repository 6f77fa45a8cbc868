import { expect, type Locator, test } from "./fixtures";
import { later } from "./flows/flow";
import { endOf, manyEvents } from "./flows/many";
import { RunPage } from "./pages/run-page";
import { openAwake } from "./support/open-awake";

const placeOf = async (part: Locator) => Math.round((await part.boundingBox())?.y ?? Number.NaN);

test("the way back from a session leads to where the list was left, and a link to its top", async ({ page, floor, word }) => {
  const at = new Date(Date.now() - 60_000);
  const begun = Array.from({ length: 40 }, (_, n) => ({
    ...{ workflow_id: `way-${n}-${word}`, type: "WORKFLOW_STARTED", agent_id: "writer", timestamp: later(at, n) },
    payload: { query: `Way ${n}`, session_id: `way-${n}-${word}` },
  }));
  await floor.sendLines(begun);
  await openAwake(page, "/sessions");
  // Those of one moment stand in any order: the one that stands last of them is far below. Others may stand behind it, with names that
  // no text finds again.
  const own = page.getByRole("table", { name: "Sessions" }).getByRole("row").filter({ hasText: word });
  const last = own.last().getByRole("link");
  const row = page.getByRole("link", { name: (await last.textContent()) ?? "", exact: true });
  await row.scrollIntoViewIfNeeded();
  await expect(row).toBeInViewport();
  const left = await placeOf(row);
  await row.click();
  await expect(page.getByRole("table", { name: "Runs of this session" })).toBeVisible();
  await page.goBack();
  await expect.poll(() => placeOf(row)).toBe(left);
  await page.getByRole("link", { name: "All runs" }).click();
  await expect(page).toHaveURL(/\/runs$/);
  await page.keyboard.press("g");
  await page.keyboard.press("e");
  await expect(row).not.toBeInViewport();
});

test("the way back to a run that is over leads to where its events were left", async ({ page, floor, word }) => {
  const run = `over-${word}`;
  const at = new Date(Date.now() - 60_000);
  await floor.sendLines([...manyEvents({ run, at, from: 1, to: 200 }), { ...endOf({ run, at }, "WORKFLOW_COMPLETED"), seq: 201 }]);
  const over = new RunPage(page);
  await over.open((await floor.run(run)).id, "?view=events");
  await expect(over.event(1)).toBeInViewport();
  await over.event(5).hover();
  await page.mouse.wheel(0, 2_000);
  await expect.poll(() => page.locator("[data-place=events]").evaluate((list) => list.scrollTop)).toBe(2_000);
  const left = await placeOf(over.event(80));
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await page.goBack();
  await expect.poll(() => placeOf(over.event(80))).toBe(left);
});
