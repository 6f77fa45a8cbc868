import { expect, test } from "./fixtures";

const systems = ["Shannon", "agent-os", "Powabase", "Crewship", "ResonantGenesis"];

test("each system's example is recognised as its own, with address, rule and both forms of the event", async ({ page }) => {
  await page.goto("/inspect");
  await expect(page.getByRole("heading", { name: "See what an event becomes" })).toBeVisible();
  const found = page.getByRole("region", { name: "Results" });
  for (const system of systems) {
    await page.getByRole("group", { name: "Examples" }).getByRole("button", { name: system }).click();
    await expect(found.getByRole("status")).toContainText(`read as ${system}`);
    await expect(found.getByRole("list", { name: "Dialects" }).getByRole("button", { pressed: true })).toContainText(system);
    await expect(found.getByRole("article").first()).toContainText("run.started");
  }
  await page.getByRole("group", { name: "Examples" }).getByRole("button", { name: "agent-os" }).click();
  const first = found.getByRole("article", { name: "Event 1" });
  await expect(first).toContainText("example-1");
  await expect(first).toContainText("Rule Run run_start becomes run.started");
  await expect(first.getByRole("heading", { name: "As sent" })).toBeVisible();
  await expect(first.getByRole("heading", { name: "As Watchfloor reads it" })).toBeVisible();
});

test("what is refused says why, an unknown type is called so, and nothing of it is stored", async ({ page, floor, word }) => {
  await page.goto("/inspect");
  const run = `inspected-${word}`;
  const line = (rest: object) => JSON.stringify({ workflow_id: run, ...rest });
  await page
    .getByRole("textbox", { name: "Events" })
    .fill([line({ type: "WORKFLOW_STARTED", seq: 1 }), line({ type: "BRAND_NEW", seq: 2 }), line({ seq: 3 }), '{"type":'].join("\n"));
  const found = page.getByRole("region", { name: "Results" });
  await expect(found.getByRole("article", { name: "Event 2" })).toContainText("No catalogue lists this type");
  await expect(found.getByRole("article", { name: "Event 3" })).toContainText("missing_type");
  await expect(found.getByRole("article", { name: "Event 4" })).toContainText("invalid_json");
  expect(await floor.runs(`?q=${run}`)).toEqual([]);

  await found.getByRole("list", { name: "Dialects" }).getByRole("button", { name: "Crewship" }).click();
  await expect(page).toHaveURL(/[?&]dialect=crewship/);
  await expect(found.getByRole("status")).toContainText("read as Crewship");
});

test("an event that was named by its frame is shown with its frame, and reads as it did", async ({ page, floor, word }) => {
  const run = await floor.send("crewship", `framed-${word}`, [
    { event: "run.started", id: "evt-1", body: { run_id: `framed-${word}`, payload: { crew: "night" } } },
  ]);
  await page.goto(`/runs/${run}?view=events&sel=1&tab=raw`);
  await page.getByRole("link", { name: "Why it is read this way" }).click();
  await expect(page.getByRole("textbox", { name: "Events" })).toHaveValue(/^event: run\.started\nid: evt-1\ndata: \{/);
  await expect(page.getByRole("article", { name: "Event 1" })).toContainText("becomes run.started");
});

test("text that is no event at all is told as that, and the page goes on", async ({ page }) => {
  await page.goto("/inspect");
  const box = page.getByRole("textbox", { name: "Events" });
  await box.fill("hello there");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("neither JSON nor a text/event-stream");
  await box.fill("x".repeat(3_600_000));
  await expect(page.getByRole("main").getByRole("alert")).toContainText("3,600,000 characters");
  await box.fill('event: run.started\ndata: {"type":"run.started","payload":{"run_id":"r1"}}');
  await expect(page.getByRole("article", { name: "Event 1" })).toContainText("Execution began");
});

test("the inspector is reached from the palette and fits a phone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/runs");
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("option", { name: "Inspect events" }).click();
  await expect(page).toHaveURL(/\/inspect$/);
  await page.getByRole("group", { name: "Examples" }).getByRole("button", { name: "Something wrong" }).click();
  await expect(page.getByRole("article", { name: "Event 4" })).toBeVisible();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
});
