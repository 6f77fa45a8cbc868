import { expect, test } from "./fixtures";
import { manyEvents } from "./flows/many";
import { shannonFlow } from "./flows/shannon";
import { RunPage } from "./pages/run-page";
import { RunsPage } from "./pages/runs-page";
import type { Wire } from "./support/floor";
import { holdRequests } from "./support/hold-requests";
import { openAwake } from "./support/open-awake";

test("Enter on what opens the rest of a long entry of the transcript opens that, and selects nothing", async ({ page, floor, word }) => {
  const flow = shannonFlow({ run: `long-${word}`, at: new Date(Date.now() - 3_000) });
  const [start, agent, thought] = flow.first.map(({ body }) => ({ body }));
  const id = await floor.send("shannon", flow.run, [
    start as Wire,
    agent as Wire,
    { body: { ...thought?.body, message: "long thought ".repeat(520) } },
    ...flow.second.slice(-1),
  ]);
  const run = new RunPage(page);
  await run.open(id, "?view=transcript");
  const rest = run.transcript.getByRole("button", { name: /^\+\d+ characters$/ });
  await rest.focus();
  await page.keyboard.press("Enter");
  await expect(run.transcript.getByRole("button", { name: "less" })).toBeVisible();
  expect(new URL(page.url()).searchParams.get("sel")).toBeNull();
});

test("the keyboard stays in a long list of events while the rows that a key led to are read", async ({ page, floor, word }) => {
  const run = `far-${word}`;
  await floor.sendLines(manyEvents({ run, at: new Date(Date.now() - 4_000), from: 1, to: 3_000 }));
  const opened = new RunPage(page);
  await opened.open((await floor.run(run)).id, "?view=events&sel=1");
  await expect(opened.event(1)).toContainText("run.started");
  await opened.event(1).focus();
  const release = await holdRequests(page, /\/events\?/);
  await page.keyboard.press("End");
  await expect(opened.event(3_000)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(opened.event(2_999)).toBeFocused();
  release();
  await expect(opened.event(2_999)).toContainText("thought 2999");
  await expect(opened.event(2_999)).toBeFocused();
});

test("the keys of the time axis work wherever the keyboard is", async ({ page, floor, word }) => {
  const flow = shannonFlow({ run: `zoomed-${word}`, at: new Date(Date.now() - 3_000) });
  const run = new RunPage(page);
  await run.open(await floor.send("shannon", flow.run, [...flow.first, ...flow.second]));
  await page.keyboard.press("+");
  await expect(page).toHaveURL(/[?&]zoom=/);
  await page.keyboard.press("0");
  await expect(page).not.toHaveURL(/zoom=/);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog").getByText("Zoom in")).toBeVisible();
});

test("brackets that a keyboard makes with AltGr are keys as on any other, and with Shift a key is the browser's", async ({ page }) => {
  await new RunsPage(page).open();
  // As a German keyboard on Windows sends AltGr and 9.
  await page.evaluate(() =>
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "]", altKey: true, ctrlKey: true, bubbles: true, cancelable: true })),
  );
  await expect(page).toHaveURL(/status=running/);
  await page.keyboard.press("Control+Shift+K");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toHaveAccessibleName("Keyboard shortcuts");
});

test("Escape takes back what an input method composes, and the form stays with what was written in it", async ({ page }) => {
  await openAwake(page, "/settings");
  await page.getByRole("button", { name: "New key" }).click();
  const dialog = page.getByRole("dialog");
  const name = dialog.getByLabel("Name");
  await name.fill("鍵");
  const pressEscape = (isComposing: boolean) =>
    name.evaluate(
      (box, composing) =>
        box.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", isComposing: composing, bubbles: true, cancelable: true })),
      isComposing,
    );
  await pressEscape(true);
  await expect(name).toHaveValue("鍵");
  await pressEscape(false);
  await expect(dialog).toHaveCount(0);
});
