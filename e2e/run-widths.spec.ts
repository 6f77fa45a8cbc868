import { expect, test } from "./fixtures";
import { manyEvents } from "./flows/many";
import { shannonFlow } from "./flows/shannon";
import { RunPage } from "./pages/run-page";

test("a figure of the header is shown whole or not at all, however wide the page is", async ({ page, floor, word }) => {
  const flow = shannonFlow({ run: `narrow-${word}`, at: new Date(Date.now() - 3_000) });
  const run = new RunPage(page);
  await run.open(await floor.send("shannon", flow.run, flow.first));
  const figures = run.header.getByRole("button", { name: /\d+\/\d+/ }).locator("xpath=..");
  await expect(run.header.getByRole("button", { name: /\d+\/\d+/ })).toBeVisible();
  for (let width = 740; width <= 1000; width += 10) {
    await page.setViewportSize({ width, height: 700 });
    const cut = await figures.evaluate((line) => {
      const seen = line.getBoundingClientRect();
      return [...line.children]
        .filter((child) => {
          const { top, bottom } = child.getBoundingClientRect();
          return top < seen.bottom - 0.5 && bottom > seen.bottom + 0.5;
        })
        .map((child) => child.textContent);
    });
    expect(cut, `${width} px`).toEqual([]);
  }
});

test("what stands beside the bars of a timeline goes where the bars go under their names, at the same width", async ({
  page,
  floor,
  word,
}) => {
  const flow = shannonFlow({ run: `widths-${word}`, at: new Date(Date.now() - 3_000) });
  const run = new RunPage(page);
  await run.open(await floor.send("shannon", flow.run, flow.first));
  const cells = run.timeline.getByRole("row").nth(1).getByRole("gridcell");
  const splitter = page.getByRole("separator", { name: "Width of the tree" });
  const seen = new Set<boolean>();
  for (let width = 780; width <= 820; width += 1) {
    await page.setViewportSize({ width, height: 700 });
    const [name, bars] = await Promise.all([cells.nth(0).boundingBox(), cells.nth(1).boundingBox()]);
    if (!name || !bars) throw new Error("no row");
    const isBeside = bars.x > name.x;
    seen.add(isBeside);
    expect(await splitter.isVisible(), `${width} px`).toBe(isBeside);
  }
  expect(seen.size).toBe(2);
});

test("every kind of event can be chosen on a narrow page, and the list beside it stays where it is", async ({ page, floor, word }) => {
  const flow = shannonFlow({ run: `kinds-${word}`, at: new Date(Date.now() - 3_000) });
  const run = new RunPage(page);
  await run.open(await floor.send("shannon", flow.run, flow.first), "?view=events");
  const last = page.getByRole("group", { name: "Kinds of events" }).getByRole("button").last();
  for (const width of [390, 560, 700, 780, 820]) {
    await page.setViewportSize({ width, height: 700 });
    await last.scrollIntoViewIfNeeded();
    await expect(last, `${width} px`).toBeInViewport({ ratio: 0.99 });
    const list = await run.events.boundingBox();
    expect(list?.x, `${width} px`).toBeGreaterThanOrEqual(0);
    expect((list?.x ?? 0) + (list?.width ?? 0), `${width} px`).toBeLessThanOrEqual(width);
  }
});

test("what an event says has the widest column of the list of events", async ({ page, floor, word }) => {
  const flow = shannonFlow({ run: `says-${word}`, at: new Date(Date.now() - 3_000) });
  const run = new RunPage(page);
  await run.open(await floor.send("shannon", flow.run, flow.first), "?view=events");
  for (const width of [768, 820, 900, 1024, 1180]) {
    await page.setViewportSize({ width, height: 700 });
    const widest = () =>
      run
        .event(3)
        .getByRole("gridcell")
        .evaluateAll((cells) => {
          const widths = cells.map((cell) => cell.getBoundingClientRect().width);
          return widths.indexOf(Math.max(...widths)) === widths.length - 1;
        });
    // While the list is laid out anew its cells have no width for a moment.
    await expect.poll(widest, `${width} px`).toBe(true);
  }
});

test("names without a space are broken in a transcript", async ({ page, floor, word }) => {
  const name = `${word}_${"quarterly".repeat(22)}`;
  const event = { workflow_id: word, agent_id: name };
  await floor.sendLines([
    { ...event, seq: 1, type: "WORKFLOW_STARTED", payload: { query: "Reconcile" } },
    { ...event, seq: 2, type: "TOOL_INVOKED", payload: { tool_name: name, tool_args: { a: 1 } } },
    { ...event, seq: 3, type: "MESSAGE_SENT", payload: { from: name, to: "lead", content: "Done" } },
  ]);
  const run = new RunPage(page);
  await run.open((await floor.run(word)).id, "?view=transcript");
  await expect(run.transcript.getByText(name).first()).toBeVisible();
  for (const width of [390, 700, 820, 1024, 1180]) {
    await page.setViewportSize({ width, height: 700 });
    expect(await run.transcript.evaluate((log) => log.scrollWidth - log.clientWidth), `${width} px`).toBe(0);
  }
});

test("the tabs of a run with many events are whole beside what narrows the view", async ({ page, floor, word }) => {
  await floor.sendLines(manyEvents({ run: word, at: new Date(Date.now() - 3_000), from: 1, to: 1_200 }));
  const run = new RunPage(page);
  await run.open((await floor.run(word)).id, "?view=transcript");
  await expect(run.views).toContainText("1,200");
  for (const width of [700, 820, 1000, 1024, 1060, 1100, 1180]) {
    await page.setViewportSize({ width, height: 700 });
    expect(await run.views.evaluate((tabs) => tabs.scrollWidth - tabs.clientWidth), `${width} px`).toBe(0);
  }
});

test("what a run's models and agents cost is in sight, whatever else is said of them", async ({ page, floor, word }) => {
  const model = `house/mixture-of-many-experts-${word}-instruct-quantised`;
  const payload = { model, provider: "house", input_tokens: 1_200_000, output_tokens: 300_000, cost_usd: 12 };
  await floor.sendLines([{ workflow_id: word, seq: 1, type: "LLM_OUTPUT", agent_id: "writer", payload }]);
  const run = new RunPage(page);
  await run.open((await floor.run(word)).id, "?view=cost");
  for (const width of [560, 700, 768, 820]) {
    await page.setViewportSize({ width, height: 900 });
    await expect(page.getByRole("columnheader", { name: "Reported" }).first(), `${width} px`).toBeInViewport({ ratio: 0.99 });
  }
});

test("a moment is broken between its two clocks, not within one", async ({ page, floor, word }) => {
  const flow = shannonFlow({ run: `clocks-${word}`, at: new Date(Date.now() - 3_000) });
  const run = new RunPage(page);
  await run.open(await floor.send("shannon", flow.run, flow.first), "?view=events&sel=4");
  const clocks = page.locator("dd time > span");
  await expect(clocks).toHaveCount(4);
  for (const width of [780, 820, 900, 1024]) {
    await page.setViewportSize({ width, height: 700 });
    const lines = await clocks.evaluateAll((each) => each.map((clock) => clock.getClientRects().length));
    expect(lines, `${width} px`).toEqual([1, 1, 1, 1]);
  }
});
