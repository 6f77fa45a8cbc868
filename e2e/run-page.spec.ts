import { expect, test } from "./fixtures";
import { flows } from "./flows";
import { agentOsFlow } from "./flows/agent-os";
import type { Flow, Shown } from "./flows/flow";
import { shannonFlow } from "./flows/shannon";
import { RunPage } from "./pages/run-page";
import { RunsPage } from "./pages/runs-page";
import { rememberDocument } from "./support/same-document";
import { violationsOf } from "./support/violations";

const justNow = () => new Date(Date.now() - 3_000);

async function expectHeader(run: RunPage, shown: Shown): Promise<void> {
  await expect(run.page).toHaveTitle(new RegExp(`^(\\(\\d+\\) )?${shown.status}: `));
  await expect(run.header.getByText(shown.status, { exact: true })).toBeVisible();
  await expect(run.header).toContainText(shown.tokens);
  await expect(run.header).toContainText(shown.cost);
}

async function expectSeqs(run: RunPage, count: number): Promise<void> {
  await expect(run.events.getByRole("row")).toHaveCount(count + 1);
  for (let seq = 1; seq <= count; seq += 1) await expect(run.event(seq)).toHaveCount(1);
}

for (const { dialect, begin } of flows) {
  test(`a run of ${dialect} grows in every open view, without a reload, to its right end`, async ({ page, context, floor, word }) => {
    const flow = begin({ run: `${dialect}-${word}`, at: justNow() });
    const id = await floor.send(dialect, flow.run, flow.first);
    const timeline = new RunPage(page);
    const transcript = new RunPage(await context.newPage());
    const events = new RunPage(await context.newPage());
    await Promise.all([timeline.open(id), transcript.open(id, "?view=transcript"), events.open(id, "?view=events")]);
    await expect(page.getByRole("heading", { level: 1, name: flow.name })).toBeVisible();
    await expectHeader(timeline, flow.halfway);
    for (const name of flow.halfway.spans) await expect(timeline.span(name)).toHaveCount(1);
    for (const words of flow.halfway.said) await expect(transcript.transcript).toContainText(words);
    await expectSeqs(events, flow.first.length);
    const sameDocument = await Promise.all([timeline, transcript, events].map((each) => rememberDocument(each.page)));

    await floor.send(dialect, flow.run, flow.second);

    await expectHeader(timeline, flow.atEnd);
    for (const name of flow.atEnd.spans) await expect(timeline.span(name)).toHaveCount(1);
    for (const words of flow.atEnd.said) await expect(transcript.transcript).toContainText(words);
    await expectSeqs(events, flow.first.length + flow.second.length);
    for (const check of sameDocument) await check();
  });

  test(`a failed run of ${dialect} says why before anything else`, async ({ page, floor, word }) => {
    const flow = begin({ run: `${dialect}-fails-${word}`, at: justNow() });
    const id = await floor.send(dialect, flow.run, [...flow.first, flow.failure.wire]);
    const run = new RunPage(page);
    await run.open(id);
    await expect(run.failure).toContainText(flow.failure.reason);
    await expect(run.header.getByText("Failed", { exact: true })).toBeVisible();
    const [card, views] = [await run.failure.boundingBox(), await run.views.boundingBox()];
    expect(card && views && card.y + card.height <= views.y + 1).toBe(true);
  });
}

test("errors alone, of a run that failed and nothing in it: the timeline says where the error stands", async ({ page, floor, word }) => {
  const flow = agentOsFlow({ run: `alone-${word}`, at: justNow() });
  const id = await floor.send("agent-os", flow.run, [...flow.first, flow.failure.wire]);
  const run = new RunPage(page);
  await run.open(id);
  await page.getByRole("button", { name: /^Errors only/ }).click();
  await expect(run.timeline).toContainText("Nothing shown here failed");
  await run.timeline.getByRole("button", { name: "Show everything" }).click();
  await expect(run.timeline).not.toContainText("Nothing shown here failed");
});

const asking = flows.filter(({ begin }) => begin({ run: "any", at: new Date(0) }).question !== null);

for (const { dialect, begin } of asking) {
  test(`a run of ${dialect} that waits for a human says for what, until it hears the answer`, async ({ page, floor, word }) => {
    const flow = begin({ run: `${dialect}-asks-${word}`, at: justNow() });
    const question = flow.question as NonNullable<Flow["question"]>;
    const id = await floor.send(dialect, flow.run, [...flow.first, question.ask]);
    const run = new RunPage(page);
    await run.open(id);
    await expect(run.header.getByText("Waiting for human", { exact: true })).toBeVisible();
    for (const words of question.words) await expect(run.approval).toContainText(words);
    await floor.send(dialect, flow.run, [question.answer]);
    await expect(run.approval).toHaveCount(0);
    await expect(run.header.getByText(question.after, { exact: true })).toBeVisible();
  });
}

test("what happens while the page is being read is on it all the same", async ({ page, floor, word }) => {
  const flow = shannonFlow({ run: `read-${word}`, at: justNow() });
  const id = await floor.send("shannon", flow.run, flow.first);
  await page.route(
    `**/runs/${id}`,
    async (route) => {
      const before = await route.fetch();
      await floor.send("shannon", flow.run, flow.second);
      await route.fulfill({ response: before });
    },
    { times: 1 },
  );
  const run = new RunPage(page);
  await run.open(id);
  await expectHeader(run, flow.atEnd);
  for (const name of flow.atEnd.spans) await expect(run.span(name)).toHaveCount(1);
});

test("the cost view draws what was spent over time also when it is what the address opens", async ({ page, floor, word }) => {
  const flow = shannonFlow({ run: `spent-${word}`, at: justNow() });
  const id = await floor.send("shannon", flow.run, [...flow.first, ...flow.second]);
  await new RunPage(page).open(id, "?view=cost");
  await expect(
    page.getByRole("region", { name: "Cost over time" }).getByRole("img", { name: /^Cost, cumulative: gpt-5 \$0\.0105/ }),
  ).toBeVisible();
});

test("an address that names no run answers 404 and leads back to the runs", async ({ page, word }) => {
  const run = new RunPage(page);
  await run.open(`no-such-run-${word}`);
  await expect(page.getByRole("heading", { name: "No run has this id" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(`no-such-run-${word}`);
  await page.getByRole("link", { name: "All runs", exact: true }).click();
  await expect(page).toHaveURL(/\/runs$/);
});

test("the way back leads to the list as it was narrowed", async ({ page, floor, word }) => {
  const flow = shannonFlow({ run: `back-${word}`, at: justNow() });
  await floor.send("shannon", flow.run, flow.first);
  const runs = new RunsPage(page);
  await runs.open(`?q=back-${word}&dialect=shannon`);
  await runs.table.getByRole("link").first().click();
  await page.getByRole("link", { name: "All runs", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/runs\\?q=back-${word}&dialect=shannon$`));
});

test("one selection holds in tree, events, transcript and inspector, stands in the address and survives a reload", async ({
  page,
  floor,
  word,
}) => {
  const flow = shannonFlow({ run: `selected-${word}`, at: justNow() });
  const id = await floor.send("shannon", flow.run, [...flow.first, ...flow.second]);
  const run = new RunPage(page);
  await run.open(id);
  await run.span("csv_loader").click();
  await expect(page).toHaveURL(/[?&]sel=tool%3A4|[?&]sel=tool:4/);
  const heading = page.getByRole("heading", { level: 2, name: "csv_loader" });
  await expect(heading).toBeVisible();
  await page.reload();
  await expect(heading).toBeVisible();
  await expect(run.span("csv_loader")).toHaveAttribute("aria-selected", "true");

  await run.show("Events");
  await expect(run.event(4)).toHaveAttribute("aria-selected", "true");
  await run.event(5).click();
  await expect(page).toHaveURL(/[?&]sel=5(&|$)/);
  await expect(page.getByRole("heading", { level: 2, name: "Event #5" })).toBeVisible();
  await run.show("Transcript");
  await expect(run.transcript.locator("[aria-current=true]")).toContainText("csv_loader");
  await run.show("Timeline");
  await expect(run.span("csv_loader")).toHaveAttribute("aria-selected", "true");
});

test("one thing after the other is selected and let go, at the width that the browser was left with", async ({ page, floor, word }) => {
  const flow = shannonFlow({ run: `again-${word}`, at: justNow() });
  const id = await floor.send("shannon", flow.run, [...flow.first, ...flow.second]);
  const run = new RunPage(page);
  await run.open(id);
  const heading = page.getByRole("heading", { level: 2, name: "csv_loader" });
  const widthOf = async () => Math.round((await run.inspector.boundingBox())?.width ?? 0);
  await run.span("csv_loader").click();
  await expect(heading).toBeVisible();
  const usual = await widthOf();
  await page.getByRole("separator", { name: "Width of the inspector" }).press("ArrowLeft");
  await expect.poll(widthOf).toBeGreaterThan(usual);
  const wide = await widthOf();
  for (const _ of ["again", "and again"]) {
    await page.keyboard.press("Escape");
    await expect(run.inspector).toHaveCount(0);
    await run.span("csv_loader").click();
    await expect(heading).toBeVisible();
    await expect.poll(widthOf).toBe(wide);
  }
  await page.reload();
  await expect(heading).toBeVisible();
  await expect.poll(widthOf).toBe(wide);
});

test("the raw view holds the sender's JSON, key by key and in its order", async ({ page, context, floor, word }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const sent = {
    zebra: 1,
    workflow_id: `raw-${word}`,
    type: "ACME_CUSTOM",
    timestamp: new Date().toISOString(),
    payload: { deep: [{ nothing: null, yes: true, half: 0.1, text: 'tab\t, "quotes", ünï, \u{1f6f0}' }], empty: {}, none: [] },
    "a.b": "a dotted key",
  };
  const id = await floor.send("shannon", sent.workflow_id, [{ body: sent }]);
  const run = new RunPage(page);
  await run.open(id, "?view=events&sel=1&tab=raw");
  await expect(page.getByText("As Shannon sent it")).toBeVisible();
  await expect(run.page.getByText("ACME_CUSTOM").first()).toBeVisible();
  await page.getByRole("button", { name: "Copy raw event" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(JSON.stringify(sent, null, 2));
  // Marked by hand it is a line each.
  const pane = page.locator("section").filter({ has: page.getByRole("heading", { name: "As Shannon sent it" }) });
  const marked = await pane.evaluate((section) => {
    getSelection()?.selectAllChildren(section);
    return String(getSelection());
  });
  expect(marked).toContain(`zebra: 1\nworkflow_id: "raw-${word}"\ntype: "ACME_CUSTOM"\n`);
});

test("a run of which nothing has a duration yet begins now, and is clean for assistive technology", async ({ page, floor, word }) => {
  const run = `quiet-${word}`;
  const id = await floor.send("shannon", run, [
    { body: { workflow_id: run, type: "PROGRESS", message: "Looking around", timestamp: new Date().toISOString() } },
  ]);
  await new RunPage(page).open(id);
  const timeline = page.getByRole("treegrid", { name: "Timeline" });
  await expect(timeline).toContainText("Nothing with a duration yet");
  // The axis of a run that began in 1970 counts in days.
  await expect(timeline).not.toContainText(/\d (?:d|h)\b/);
  expect(await violationsOf(page, { within: "[role=treegrid]" })).toEqual([]);
});

test("j right behind the key of a view leads into that view, however long it takes to be drawn", async ({ page, floor, word }) => {
  const flow = shannonFlow({ run: `ahead-${word}`, at: new Date(Date.now() - 60_000) });
  const run = new RunPage(page);
  await run.open(await floor.send("shannon", flow.run, [...flow.first, ...flow.second]));
  await expect(run.timeline.locator('[data-row="2"]')).toBeVisible();
  await page.evaluate(async () => {
    for (const key of ["4", "j", "j"]) {
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      // The tab has answered by then; its view is drawn in a task of its own.
      await null;
    }
  });
  await expect(run.event(2)).toBeFocused();
});

test("j in a view without rows takes nobody from what was begun before they came", async ({ page, floor, word }) => {
  const flow = shannonFlow({ run: `begun-${word}`, at: new Date(Date.now() - 60_000) });
  const run = new RunPage(page);
  await run.open(await floor.send("shannon", flow.run, [...flow.first, ...flow.second]), "?view=events&q=nowhere");
  await expect(run.events.getByRole("row")).toHaveCount(1);
  await page.keyboard.press("j");
  await page.keyboard.press("/");
  const search = page.getByRole("searchbox", { name: "Search in this run" });
  await search.fill("");
  await expect(run.event(2)).toBeVisible();
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await expect(search).toBeFocused();
});

test("j and k lead into each view of a run and through its rows, from anywhere on the page", async ({ page, floor, word }) => {
  const flow = shannonFlow({ run: `rows-${word}`, at: new Date(Date.now() - 60_000) });
  const id = await floor.send("shannon", flow.run, [...flow.first, ...flow.second]);
  const run = new RunPage(page);
  const row = (nth: number) => run.timeline.locator(`[data-row="${nth}"]`);
  await run.open(id);
  await expect(row(2)).toBeVisible();
  await page.keyboard.press("j");
  await expect(row(0)).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(row(2)).toBeFocused();
  await expect(run.inspector).toBeVisible();
  await page.keyboard.press("k");
  await expect(row(1)).toBeFocused();
  await run.open(id, "?view=events&sel=3");
  await expect(run.event(3)).toBeVisible();
  await page.keyboard.press("j");
  await expect(run.event(3)).toBeFocused();
  await page.keyboard.press("j");
  await expect(run.event(4)).toBeFocused();
  await expect(page).toHaveURL(/[?&]sel=4\b/);
  await run.open(id, "?view=transcript");
  const entries = run.transcript.getByRole("article");
  await expect(entries.first()).toBeVisible();
  await page.keyboard.press("j");
  const focused = run.transcript.locator(":focus");
  await expect(focused).toHaveCount(1);
  const before = await focused.getAttribute("data-seq");
  await page.keyboard.press("k");
  await page.keyboard.press("j");
  await expect(focused).toHaveAttribute("data-seq", before ?? "");
  await page.keyboard.press("Enter");
  await expect(run.inspector).toBeVisible();
});
