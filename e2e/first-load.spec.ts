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
  // Idle callbacks come in the order in which they were asked for: the page's own have been before this one.
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  const missing = () =>
    [...document.scripts].filter(({ src, noModule }) => src !== "" && !noModule && performance.getEntriesByName(src).length === 0).length;
  await expect.poll(() => page.evaluate(missing)).toBe(0);
  await context.setOffline(true);
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Views" }).click();
  await expect(page.getByLabel("Name of this view")).toBeVisible();
});
