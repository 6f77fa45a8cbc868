import type { JsonObject } from "@/lib/core/json";
import { expect, type Locator, test } from "./fixtures";
import { manyEvents } from "./flows/many";
import { shannonFlow } from "./flows/shannon";
import { ApprovalsPage } from "./pages/approvals-page";
import { RunPage, runViews } from "./pages/run-page";
import { RunsPage } from "./pages/runs-page";
import { AskingAgent } from "./support/asking-agent";
import { holdRequests } from "./support/hold-requests";
import { openAwake } from "./support/open-awake";
import { troubleOn } from "./support/watch-page";

/** Buttons, or links, of less than a finger's size. */
function tooSmall(part: Locator, role: "button" | "link" = "button"): Promise<readonly string[]> {
  return part.getByRole(role).evaluateAll((buttons) =>
    buttons.flatMap((button) => {
      const { width, height } = button.getBoundingClientRect();
      return width < 40 || height < 40 ? [`${button.getAttribute("aria-label") ?? button.textContent}: ${width} x ${height}`] : [];
    }),
  );
}

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test("on a phone runs are cards, a run is usable, and what is selected is a sheet over it", async ({ page, floor, word }) => {
  const flow = shannonFlow({ run: `phone-${word}`, at: new Date(Date.now() - 3_000) });
  if (!flow.question) throw new Error("this run has to ask");
  await floor.send("shannon", flow.run, [...flow.first, flow.question.ask]);
  const runs = new RunsPage(page);
  await runs.open(`?q=${word}`);
  const card = runs.row(flow.name);
  await expect(card).toContainText("Waiting for human");
  await expect(page.getByRole("columnheader")).toHaveCount(0);
  expect((await card.boundingBox())?.height).toBeGreaterThan(60);
  expect(await troubleOn(page)).toEqual([]);

  await page.getByRole("button", { name: "Select", exact: true }).tap();
  const selection = page.getByRole("region", { name: "Selected runs" });
  await expect(selection).toContainText("0 selected");
  const center = await card.boundingBox();
  await page.touchscreen.tap(195, (center?.y ?? 0) + 44);
  await expect(card.getByRole("checkbox", { name: `Select ${flow.name}` })).toBeChecked();
  await expect(selection).toContainText("1 selected");
  await selection.getByRole("button", { name: "Cancel", exact: true }).tap();
  await expect(page.getByRole("dialog")).toContainText("1 run");
  await page.keyboard.press("Escape");
  await expect(selection).toContainText("1 selected");
  expect(await troubleOn(page)).toEqual([]);
  await selection.getByRole("button", { name: "Clear selection" }).tap();
  await expect(selection).toHaveCount(0);

  await runs.link(flow.name).tap();
  const run = new RunPage(page);
  await expect(run.approval).toContainText("file_write");
  for (const view of runViews) {
    await run.show(view);
    expect(await troubleOn(page)).toEqual([]);
  }
  await run.show("Timeline");
  const pressed = [run.timeline, page.getByRole("banner"), page.getByRole("region", { name: "Replay" })];
  for (const part of pressed) expect(await tooSmall(part)).toEqual([]);
  await run.span("csv_loader").tap();
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByRole("heading", { name: "csv_loader" })).toBeVisible();
  await expect(sheet).toHaveCSS("width", "390px");
  await sheet.getByRole("tab", { name: "Raw" }).tap();
  await expect(sheet.getByText("/data/q4.csv").first()).toBeVisible();
  expect(await troubleOn(page)).toEqual([]);
  await sheet.getByRole("button", { name: "Close" }).tap();
  await expect(sheet).toHaveCount(0);
  await expect(page).not.toHaveURL(/sel=/);
  await run.span("csv_loader").tap();
  await expect(sheet.getByRole("heading", { name: "csv_loader" })).toBeVisible();
  await page.goBack();
  await expect(sheet).toHaveCount(0);
  await page.goForward();
  await expect(sheet.getByRole("heading", { name: "csv_loader" })).toBeVisible();
  await sheet.getByRole("button", { name: "Close" }).tap();
  await expect(sheet).toHaveCount(0);
  // Nothing of the sheet is left between the run and where it was opened from.
  await run.show("Events");
  // Two presses within the moment in which the address is written are one step.
  await expect(page).toHaveURL(/view=events$/);
  await run.show("Timeline");
  await expect(page).toHaveURL(/\/runs\/[^?]+$/);
  for (const place of [/view=events$/, /\/runs\/[^?]+$/, /view=artifacts$/]) {
    await page.goBack();
    await expect(page).toHaveURL(place);
  }

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" }).tap();
  await expect(page.getByRole("heading", { name: "API keys" })).toBeVisible();
  expect(await troubleOn(page)).toEqual([]);
  const keys = page.getByRole("table", { name: "API keys" });
  await page.getByRole("button", { name: "New key" }).tap();
  await page.getByRole("textbox", { name: "Name" }).fill(`A key with a name that is as long as names of keys may be ${word}`);
  await page.getByRole("dialog").getByRole("button", { name: "Create key" }).tap();
  await page.getByRole("dialog").getByRole("button", { name: "Done" }).tap();
  await expect(keys).toContainText(word);
  expect(await keys.evaluate((table) => table.scrollWidth - (table.parentElement?.clientWidth ?? 0))).toBeLessThanOrEqual(0);
  const links = page.getByRole("navigation", { name: "On this page" });
  await links.getByRole("link", { name: "Replay" }).tap();
  await expect(page.getByRole("heading", { name: "Replay" })).toBeInViewport();
  await expect(links.getByRole("link", { name: "Replay" })).toHaveAttribute("aria-current", "location");
  // Only what is inside the shell scrolls to the place.
  await page.goto("/settings#about");
  await expect(page.getByRole("heading", { name: "About" })).toBeInViewport();
  expect((await page.getByRole("navigation", { name: "Main" }).boundingBox())?.y).toBeGreaterThan(700);
  expect(await page.locator("#page").evaluate((shell) => shell.getBoundingClientRect().top)).toBe(0);
});

test("on a phone the figures of a team's edges have a finger's size", async ({ page, floor, word }) => {
  const name = `pair-${word}`;
  const said = { message: "ready", payload: { from: "writer", to: "lead", content: "ready" } };
  const told: readonly JsonObject[] = [
    { type: "WORKFLOW_STARTED", agent_id: "lead", payload: { query: name } },
    { type: "TEAM_RECRUITED", agent_id: "lead", payload: { agents: [{ agent_id: "writer", role: "writer" }] } },
    { type: "MESSAGE_SENT", agent_id: "writer", ...said },
  ];
  const bodies = told.map((body, at) => ({ body: { workflow_id: name, seq: at + 1, timestamp: new Date().toISOString(), ...body } }));
  await page.goto(`/runs/${await floor.send("shannon", name, bodies)}?view=team`);
  const figures = page.getByRole("group", { name: "Team graph" }).getByRole("button", { name: /^writer to lead: 1 message/ });
  const box = await figures.boundingBox();
  if (!box) throw new Error("the edge has no figures");
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height + 8);
  await expect(page.getByRole("dialog")).toBeVisible();
  await expect(page).toHaveURL(/[?&]sel=3\b/);
});

test("on a phone the tab that an address chose is in sight, though the row is longer than the screen", async ({ page }) => {
  for (const dialect of ["shannon", "stream"]) {
    await page.goto(`/welcome?dialect=${dialect}`);
    await expect(page.getByRole("tab", { selected: true })).toBeInViewport({ ratio: 0.95 });
  }
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
  await page.goto("/settings#about");
  const subjects = page.getByRole("navigation", { name: "On this page" });
  await expect(subjects.getByRole("link", { name: "About" })).toHaveAttribute("aria-current", "location");
  await expect(subjects.getByRole("link", { name: "About" })).toBeInViewport({ ratio: 0.95 });
});

test("a link into the settings shows what it names, however late what stands above it arrives", async ({ page, floor, word }) => {
  for (let nth = 1; nth <= 4; nth += 1) await floor.makeKey(`Key ${nth} ${word}`);
  const release = await holdRequests(page, /\/api\/(keys|members|sources|webhooks)/);
  await page.goto("/settings#redaction");
  const section = page.getByRole("region", { name: "Redaction" });
  await expect(section.getByRole("checkbox", { name: "Credentials" })).toBeChecked();
  release();
  await expect(page.getByRole("table", { name: "API keys" })).toBeAttached();
  const subjects = page.getByRole("navigation", { name: "On this page" });
  await expect(subjects.getByRole("link", { name: "Redaction" })).toHaveAttribute("aria-current", "location");
  await expect.poll(async () => (await section.boundingBox())?.y).toBeLessThan(200);
});

test("on a phone the way back closes what is open over a page, and not the page", async ({ page, floor, word }) => {
  // The phone's own gesture cannot be made from here: what it reaches is, of whatever asked for it last.
  await page.addInitScript(() => {
    const { CloseWatcher: Own } = globalThis as unknown as { CloseWatcher: new () => { requestClose: () => void } };
    const goBack = (last: { requestClose: () => void }) => Object.assign(globalThis, { goBack: () => last.requestClose() });
    class Noted extends Own {
      constructor() {
        super();
        goBack(this);
      }
    }
    Object.assign(globalThis, { CloseWatcher: Noted });
  });
  const goBack = () => page.evaluate(() => (globalThis as unknown as { goBack: () => void }).goBack());
  await floor.makeKey(`Key ${word}`);
  await openAwake(page, "/settings");
  await page.getByRole("button", { name: "New key" }).tap();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("half written");
  await goBack();
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(/\/settings$/);

  await page.getByRole("button", { name: "Find" }).tap();
  await expect(page.getByRole("dialog", { name: "Command palette" })).toBeVisible();
  await goBack();
  await expect(page.getByRole("dialog", { name: "Command palette" })).toHaveCount(0);
  await expect(page).toHaveURL(/\/settings$/);
});

test("on a phone that lies on its side a request is one line, opened when it is to be decided, and rows of the run stay in sight", async ({
  page,
  floor,
  word,
}) => {
  await page.setViewportSize({ width: 844, height: 390 });
  const agent = new AskingAgent(floor, `lies-${word}`);
  await agent.start(`Lies ${word}`);
  await floor.sendLines(manyEvents({ run: agent.run, at: new Date(Date.now() - 2_000), from: 2, to: 40 }));
  await agent.ask({ kind: "tool", tool: "file_write", arguments: { path: "/data/critical.db" }, question: "May I overwrite it?" });
  const run = new RunPage(page);
  await run.open((await floor.run(agent.run)).id);
  const decide = run.approval.getByRole("button", { name: "Decide", exact: true });
  await expect(decide).toBeVisible();
  await expect(run.approval).toContainText("file_write");
  await expect(run.approval.getByRole("button", { name: "Approve" })).toHaveCount(0);
  const heightOf = async (part: Locator) => (await part.boundingBox())?.height ?? 0;
  expect(await heightOf(run.approval)).toBeLessThanOrEqual(48);
  expect(await heightOf(run.timeline.getByRole("rowgroup"))).toBeGreaterThanOrEqual(4 * 28);
  await decide.tap();
  await run.approval.getByRole("button", { name: "Approve" }).tap();
  await expect(run.approval).toHaveCount(0);
});

test("on a phone that lies on its side a long name leaves room for what it cost", async ({ page, floor, word }) => {
  await page.setViewportSize({ width: 844, height: 390 });
  const run = `narrow-${word}`;
  const said = { workflow_id: run, agent_id: "researcher-of-the-far-north", message: "Looking for whatever was written about it" };
  await floor.sendLines([
    { workflow_id: run, agent_id: "lead", type: "WORKFLOW_STARTED", seq: 1, payload: { query: word } },
    { ...said, type: "AGENT_STARTED", seq: 2 },
    { ...said, type: "AGENT_COMPLETED", seq: 3, payload: { result: "done", tokens_used: 123_400, cost_usd: 0.0184 } },
  ]);
  const opened = new RunPage(page);
  await opened.open((await floor.run(run)).id);
  const cell = opened.timeline.getByRole("row").filter({ hasText: "$0.0184" }).getByRole("gridcell").first();
  const rightOf = async (part: Locator) => part.evaluate((shown) => shown.getBoundingClientRect().right);
  expect(await rightOf(cell.getByText("$0.0184"))).toBeLessThanOrEqual(await rightOf(cell));
});

test("on a phone that lies on its side a request is decided without looking for its buttons, and what it asks is in sight", async ({
  page,
  floor,
  word,
}) => {
  await page.setViewportSize({ width: 844, height: 390 });
  const agent = new AskingAgent(floor, `side-${word}`);
  await agent.start(`Side ${word}`);
  const paths = Array.from({ length: 30 }, (_, at) => `/old/${at}.csv`);
  const approval = await agent.ask({ kind: "tool", tool: `drop_${word}`, arguments: { paths }, question: "These look unused." });
  const heard = agent.hear(approval);
  const inbox = new ApprovalsPage(page);
  await inbox.open(`?id=${approval.id}`);
  for (const name of ["Approve", "Deny", "Edit", "Allow similar"]) await expect(inbox.button(name)).toBeInViewport({ ratio: 1 });
  const topOf = async (part: Locator) => (await part.boundingBox())?.y ?? 0;
  expect((await topOf(inbox.button("Approve"))) - (await topOf(inbox.arguments))).toBeGreaterThan(40);
  for (const role of ["button", "link"] as const) expect(await tooSmall(page.getByRole("navigation", { name: "Main" }), role)).toEqual([]);
  expect(await troubleOn(page)).toEqual([]);
  await inbox.button("Approve").tap();
  expect((await heard).decision).toMatchObject({ decision: "approve" });
  await expect(inbox.outcome).toBeInViewport({ ratio: 1 });
});

test("on a phone the next request is where the thumb is, and a second tap there decides nothing about it", async ({
  page,
  floor,
  word,
}) => {
  const agent = new AskingAgent(floor, `thumb-${word}`);
  await agent.start(`Thumb ${word}`);
  const argued = { paths: Array.from({ length: 40 }, (_, at) => `/old/${at}.csv`) };
  const first = await agent.ask({ kind: "tool", tool: `first_${word}`, arguments: argued });
  // The most urgent one is the next.
  const second = await agent.ask({ kind: "confirmation", question: `Second ${word}?`, expiresInSeconds: 100 });
  const inbox = new ApprovalsPage(page);
  await inbox.open(`?id=${first.id}`);
  await inbox.button("Approve").tap();
  await expect(inbox.outcome).toContainText("Approved");
  const next = inbox.button("Next request");
  await expect(next).toBeInViewport({ ratio: 1 });
  const place = await next.boundingBox();
  expect(place?.y).toBeGreaterThan(680);
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 1_000);
  const tap = () => page.touchscreen.tap((place?.x ?? 0) + 60, (place?.y ?? 0) + 20);
  await tap();
  await expect(async () => {
    await page.clock.runFor(20);
    await expect(inbox.request).toContainText(`Second ${word}?`, { timeout: 100 });
  }).toPass();
  await tap();
  await page.clock.runFor(1_000);
  await page.clock.resume();
  await inbox.button("Deny").tap();
  await inbox.button("Not needed").tap();
  await expect(inbox.outcome).toContainText("Denied");
  expect((await agent.hear(second)).decision).toMatchObject({ decision: "deny" });
});

test("on a phone whose keyboard takes half of the screen what is being written stays, with the button that sends it", async ({
  page,
  floor,
  word,
}) => {
  const agent = new AskingAgent(floor, `keys-${word}`);
  await agent.start(`Keys ${word}`);
  const approval = await agent.ask({ kind: "tool", tool: `drop_${word}`, arguments: { table: "users" } });
  await page.goto("/runs");
  await expect(page.locator("meta[name=viewport]")).toHaveAttribute("content", /interactive-widget=resizes-content/);
  const whole = { width: 360, height: 640 };
  for (const path of [`/runs/${(await floor.run(agent.run)).id}`, `/approvals?id=${approval.id}`]) {
    await page.setViewportSize(whole);
    await page.goto(path);
    await page.getByRole("button", { name: "Deny", exact: true }).tap();
    const reason = page.getByRole("textbox", { name: "Reason" });
    await reason.fill("Not before");
    await page.setViewportSize({ ...whole, height: 350 });
    await expect(reason).toHaveValue("Not before");
    // As the browser brings a field into sight that is written in.
    const send = page.getByRole("button", { name: "Deny", exact: true });
    await send.scrollIntoViewIfNeeded();
    await expect(send).toBeInViewport({ ratio: 0.95 });
    await expect(reason).toBeInViewport({ ratio: 0.95 });
  }
});
