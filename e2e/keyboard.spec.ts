import { expect, test } from "./fixtures";
import { shannonFlow } from "./flows/shannon";
import { RunPage } from "./pages/run-page";
import { RunsPage } from "./pages/runs-page";
import { untilAwake } from "./support/open-awake";

test.use({ storageState: { cookies: [], origins: [] } });

test("from the sign-in link to a span's raw event without a mouse, and back out with Escape and the browser's back", async ({
  page,
  floor,
  word,
}) => {
  const flow = shannonFlow({ run: `keys-${word}`, at: new Date(Date.now() - 3_000) });
  await floor.send("shannon", flow.run, [...flow.first, ...flow.second]);
  await page.goto(await floor.signInLink());
  const runs = new RunsPage(page);
  const run = new RunPage(page);
  await expect(runs.link(flow.name)).toBeVisible();
  const density = page.locator("html");
  for (const wanted of ["comfortable", "compact"]) {
    await untilAwake(page);
    await page.keyboard.press("g");
    await page.keyboard.press("v");
    await expect(density).toHaveAttribute("data-density", wanted);
    await page.reload();
    await expect(density).toHaveAttribute("data-density", wanted);
    await expect(runs.link(flow.name)).toBeVisible();
  }
  await untilAwake(page);
  await page.keyboard.press("j");
  await expect(runs.link(flow.name)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(run.span("csv_loader")).toBeVisible();

  await tabTo('[role="treegrid"] [role="row"][tabindex="0"]');
  await page.keyboard.press("ArrowDown");
  await expect(run.span("data-analyst")).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(run.span("data-analyst")).toHaveAttribute("aria-expanded", "false");
  await expect(run.span("csv_loader")).toHaveCount(0);
  await page.keyboard.press("ArrowRight");
  await expect(run.span("csv_loader")).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  await expect(run.span("csv_loader")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(run.span("csv_loader")).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("heading", { level: 2, name: "csv_loader" })).toBeVisible();

  await tabTo('[role="tablist"][aria-label="Selection"] [role="tab"][aria-selected="true"]');
  await page.keyboard.press("End");
  await expect(run.inspector.getByRole("tab", { name: "Raw" })).toHaveAttribute("aria-selected", "true");
  await expect(page.getByText("As Shannon sent it").first()).toBeVisible();
  await expect(page.getByText("/data/q4.csv").first()).toBeVisible();

  await page.keyboard.press("Escape");
  await expect(run.inspector).toHaveCount(0);
  await expect(page).not.toHaveURL(/sel=/);
  await expect(run.span("csv_loader")).toBeFocused();
  await page.goBack();
  await expect(runs.link(flow.name)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.goBack();
  await expect(runs.link(flow.name)).toBeFocused();

  /** Presses Tab until the focus is there. */
  async function tabTo(selector: string): Promise<void> {
    await expect(async () => {
      await page.keyboard.press("Tab");
      expect(await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)).toBe(true);
    }).toPass({ intervals: [0] });
  }
});

test("the first of two keys says which second ones there are, waits for one, and is taken back by Escape", async ({ page, floor }) => {
  await page.goto(await floor.signInLink());
  await untilAwake(page);
  const seconds = page.getByRole("status", { name: "Next key" });
  await page.keyboard.press("g");
  await expect(seconds.getByRole("listitem").filter({ hasText: "Go to costs" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(seconds).toBeEmpty();
  await page.keyboard.press("c");
  await page.keyboard.press("g");
  await expect(seconds).toContainText("Go to alerts");
  await page.keyboard.press("l");
  await expect(page.getByRole("heading", { name: "Alerts", level: 1 })).toBeVisible();
  await expect(seconds).toBeEmpty();
});

test("every dialog gives the focus back to what opened it, and Escape closes one thing at a time", async ({ page, floor }) => {
  await page.goto(await floor.signInLink());
  const openers = [
    { path: "/settings", names: ["New key", "Add source", "New webhook", "Find"] },
    { path: "/alerts?tab=rules", names: ["New rule", "Keyboard shortcuts"] },
    { path: "/costs", names: ["New budget"] },
  ];
  for (const { path, names } of openers) {
    await page.goto(floor.url + path);
    for (const name of names) {
      const opener = page.getByRole("button", { name: new RegExp(`^${name}`) }).first();
      await expect(opener).toBeEnabled();
      await opener.focus();
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog");
      await expect(dialog).toBeVisible();
      expect(await dialog.evaluate((box) => box.contains(document.activeElement))).toBe(true);
      await page.keyboard.press("Escape");
      await expect(dialog).toHaveCount(0);
      await expect(opener).toBeFocused();
    }
  }
});

test("a double click on what opens a dialog opens it, and a press beside it closes it", async ({ page, floor }) => {
  await page.goto(await floor.signInLink());
  for (const { path, name } of [
    { path: "/settings", name: "New key" },
    { path: "/alerts?tab=rules", name: "New rule" },
  ]) {
    await page.goto(floor.url + path);
    const opener = page.getByRole("button", { name, exact: true });
    await expect(opener).toBeEnabled();
    const { x, y } = (await opener.boundingBox()) ?? { x: 0, y: 0 };
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.mouse.click(x + 4, y + 4);
    await page.clock.runFor(150);
    const dialog = page.getByRole("dialog");
    await expect(dialog).toBeVisible();
    await page.mouse.down({ clickCount: 2 });
    await page.mouse.up({ clickCount: 2 });
    await page.clock.runFor(1_000);
    await expect(dialog).toBeVisible();
    await page.mouse.click(2, 2);
    await expect(dialog).toHaveCount(0);
    await page.clock.resume();
  }
});

test("a search box that is let go while the address still follows what was cleared does not take the keyboard back", async ({
  page,
  floor,
  word,
}) => {
  const flow = shannonFlow({ run: `let-go-${word}`, at: new Date(Date.now() - 3_000) });
  await floor.send("shannon", flow.run, flow.first);
  await page.goto(await floor.signInLink());
  await new RunPage(page).open((await floor.run(flow.run)).id, "?view=events&q=search");
  const search = page.getByRole("searchbox", { name: "Search in this run" });
  await search.focus();
  await page.evaluate(holdFrames);
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/[?&]q=/);
  await expect.poll(() => page.evaluate(() => window.heldFrames?.length)).toBeGreaterThan(0);
  await page.keyboard.press("Escape");
  await page.evaluate(() => {
    for (const draw of window.heldFrames ?? []) draw();
  });
  await expect(search).not.toBeFocused();
});

declare global {
  interface Window {
    heldFrames?: Array<() => void>;
  }
}

/** Frames that the page asks for wait in `heldFrames`, as on a machine that is too busy to draw. */
function holdFrames(): void {
  const held: Array<() => void> = [];
  window.heldFrames = held;
  window.requestAnimationFrame = (callback) => held.push(() => callback(performance.now()));
}
