import { expect, type Page, test } from "./fixtures";
import { manyEvents } from "./flows/many";
import { shannonFlow } from "./flows/shannon";
import { RunPage } from "./pages/run-page";

const justNow = () => new Date(Date.now() - 3_000);
const position = (page: Page) => page.getByRole("slider", { name: "Position in the run" });

test("a running run is held at an earlier event while new ones arrive, and is led back to live", async ({ page, floor, word }) => {
  const flow = shannonFlow({ run: `dvr-${word}`, at: justNow() });
  const id = await floor.send("shannon", flow.run, flow.first);
  const run = new RunPage(page);
  await run.open(id);
  await expect(run.span("csv_loader")).toHaveCount(1);

  // The present is held with a key of its own: the agent, whose key is `p`, is asked for nothing.
  await expect(page.getByRole("button", { name: "Pause", exact: true })).toBeVisible();
  await page.keyboard.press("h");
  await expect(page).toHaveURL(/[?&]at=4\b/);
  await expect(run.header.getByText("Running", { exact: true })).toBeVisible();
  await position(page).press("Home");
  await expect(position(page)).toHaveAttribute("aria-valuetext", "event 1 of 4, at the start, Running");
  await position(page).press("ArrowRight");
  await expect(page).toHaveURL(/[?&]at=2\b/);
  await expect(position(page)).toHaveAttribute("aria-valuetext", /^event 2 of 4, .*Running$/);
  // What begins with the moment that is shown has no length yet.
  await expect(run.span("data-analyst")).toContainText("begins");
  await expect(run.span("csv_loader")).toHaveCount(0);

  await floor.send("shannon", flow.run, flow.second);
  const back = page.getByRole("button", { name: `Back to the end (+${flow.second.length})` });
  await expect(back).toBeVisible();
  await expect(run.span("csv_loader")).toHaveCount(0);
  await expect(run.header.getByText("Running", { exact: true })).toBeVisible();
  await expect(run.header).toContainText("no cost reported");

  await back.click();
  await expect(page).not.toHaveURL(/[?&]at=/);
  await expect(run.span("gpt-5")).toHaveCount(1);
  await expect(run.header).toContainText(flow.atEnd.cost);
  await expect(run.header.getByText("Succeeded", { exact: true })).toBeVisible();
});

test("a link to a moment opens every view as of it", async ({ page, floor, word }) => {
  const flow = shannonFlow({ run: `dvr-link-${word}`, at: justNow() });
  const id = await floor.send("shannon", flow.run, [...flow.first, ...flow.second]);
  const run = new RunPage(page);
  await run.open(id, "?at=4");
  await expect(run.span("csv_loader")).toHaveCount(1);
  await expect(run.span("gpt-5")).toHaveCount(0);
  await run.show("Transcript");
  await expect(run.transcript).toContainText(flow.halfway.said[0] ?? "");
  await expect(run.transcript).not.toContainText("Revenue increased");
  await run.show("Events");
  await expect(run.events.getByRole("row")).toHaveCount(5);
  await run.show("Cost");
  await expect(page.getByText("No tokens or money reported yet")).toBeVisible();
  await page.keyboard.press("f");
  await expect(page.getByRole("table").first()).toContainText("gpt-5");
});

test("a request that waits for a human is shown as it stood, and cannot be decided in the past", async ({ page, floor, word }) => {
  const flow = shannonFlow({ run: `dvr-ask-${word}`, at: justNow() });
  if (!flow.question) throw new Error("this system asks humans");
  const id = await floor.send("shannon", flow.run, [...flow.first, flow.question.ask, flow.question.answer]);
  const run = new RunPage(page);
  await run.open(id, "?at=5");
  await expect(run.approval).toContainText("as of the moment shown");
  await expect(run.approval.getByRole("button", { name: "Approve" })).toHaveCount(0);
  await position(page).press("ArrowLeft");
  await expect(run.approval).toHaveCount(0);
});

test("steps and play move through a finished run by keyboard alone", async ({ page, floor, word }) => {
  const flow = shannonFlow({ run: `dvr-keys-${word}`, at: justNow() });
  const id = await floor.send("shannon", flow.run, [...flow.first, ...flow.second]);
  const run = new RunPage(page);
  await run.open(id);
  await expect(run.span("gpt-5")).toHaveCount(1);
  await page.keyboard.press("[");
  await expect(page).toHaveURL(/[?&]at=\d+/);
  await page.keyboard.press("[");
  await page.keyboard.press("[");
  const before = Number(await position(page).getAttribute("aria-valuenow"));
  await page.keyboard.press("]");
  await expect.poll(async () => Number(await position(page).getAttribute("aria-valuenow"))).toBeGreaterThan(before);
  await position(page).press("Home");
  await page.getByRole("button", { name: "Replay speed 1×" }).click();
  await page.keyboard.press("h");
  await expect(page).not.toHaveURL(/[?&]at=/);
  await expect(run.header.getByText("Succeeded", { exact: true })).toBeVisible();
});

test("far positions of a long run show what the log holds there", async ({ page, floor, word }) => {
  const run = `dvr-long-${word}`;
  const at = justNow();
  for (let from = 1; from <= 9_000; from += 3_000) await floor.sendLines(manyEvents({ run, at, from, to: from + 2_999 }));
  const runPage = new RunPage(page);
  await runPage.open((await floor.run(run)).id, "?at=8600&view=transcript");
  await expect(runPage.transcript).toContainText("thought 8599");
  for (const seq of [4_203, 7_999, 1_002]) {
    await page.goto(`${page.url().split("?")[0]}?at=${seq}&view=transcript`);
    await expect(position(page)).toHaveAttribute("aria-valuenow", String(seq));
    await expect(page.getByRole("tab", { name: /^Events/ })).toContainText(seq.toLocaleString("en"));
    await expect(runPage.transcript).toContainText(`thought ${seq}`);
  }
});
