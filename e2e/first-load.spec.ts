import { firstLoadBytes } from "../test/first-load";
import { expect, test } from "./fixtures";
import { RunsPage } from "./pages/runs-page";

const mostBytes = 200_000;

test("the list of runs works after 200 kB of script; the rest is loaded when the page is idle, before somebody opens it", async ({
  page,
  context,
}) => {
  const html = await (await context.request.get("/runs")).text();
  const bytes = await firstLoadBytes(html, async (path) => (await context.request.get(path)).body());
  expect(bytes).toBeLessThanOrEqual(mostBytes);

  await new RunsPage(page).open();
  await expect(page.getByRole("button", { name: "Views" })).toBeEnabled();
  // Idle callbacks come in the order in which they were asked for: the page's own have been before this one.
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  await expect.poll(() => page.evaluate(scriptsOnTheirWay)).toBe(0);
  await context.setOffline(true);
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Views" }).click();
  await expect(page.getByLabel("Name of this view")).toBeVisible();
});

test("what cannot be loaded when it is opened is said, and takes nothing else away; it is loaded once the network is back", async ({
  page,
  context,
}) => {
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  await new RunsPage(page).open();
  const views = page.getByRole("button", { name: "Views" });
  await expect(views).toBeEnabled();
  await expect.poll(() => page.evaluate(scriptsOnTheirWay)).toBe(0);
  await context.setOffline(true);
  await views.click();
  await expect(page.getByRole("status").filter({ hasText: "This part of the page could not be loaded." })).toHaveCount(1);
  await expect(page.getByRole("heading", { name: "Runs", level: 1 })).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByLabel("Name of this view")).toBeVisible();
});

function scriptsOnTheirWay(): number {
  return [...document.scripts].filter(({ src, noModule }) => src !== "" && !noModule && performance.getEntriesByName(src).length === 0)
    .length;
}
