import { expect, test } from "./fixtures";
import { endOf, startOf } from "./flows/many";
import { RunsPage } from "./pages/runs-page";
import type { Floor } from "./support/floor";
import { holdRequests } from "./support/hold-requests";
import { rememberDocument } from "./support/same-document";

const at = () => new Date(Date.now() - 2_000);

async function startRuns(floor: Floor, word: string, names: readonly string[]): Promise<void> {
  for (const name of names)
    await floor.sendLines([startOf({ run: `${name}-${word}`, name: `${word} ${name}`, at: at(), agent: `agent ${word}` })]);
}

async function finish(floor: Floor, word: string, name: string, type: "WORKFLOW_COMPLETED" | "WORKFLOW_FAILED" = "WORKFLOW_COMPLETED") {
  await floor.sendLines([endOf({ run: `${name}-${word}`, at: at() }, type)]);
}

test("a listed run changes in its place, a new one waits behind the pill and pushes nothing", async ({ page, floor, word }) => {
  await startRuns(floor, word, ["one", "two", "three"]);
  const runs = new RunsPage(page);
  await runs.open();
  const two = runs.row(`${word} two`);
  await expect(two).toContainText("Running");
  const sameDocument = await rememberDocument(page);
  const place = await two.boundingBox();

  await finish(floor, word, "two");
  await expect(two).toContainText("Succeeded");
  expect(await two.boundingBox()).toEqual(place);

  await startRuns(floor, word, ["four", "five"]);
  await expect(runs.pill).toHaveText("2 new runs");
  await expect(runs.link(`${word} four`)).toHaveCount(0);
  expect(await two.boundingBox()).toEqual(place);

  await runs.pill.click();
  await expect(runs.pill).toHaveCount(0);
  await expect(runs.table.getByRole("row").nth(1)).toContainText(`${word} five`);
  await expect(runs.table.getByRole("row").nth(2)).toContainText(`${word} four`);
  await sameDocument();
});

test("views and filters stand in the address, and the back button brings each of them back", async ({ page, floor, word }) => {
  await startRuns(floor, word, ["fine", "broken"]);
  await finish(floor, word, "broken", "WORKFLOW_FAILED");
  const runs = new RunsPage(page);
  await runs.open(`?q=${word}`);
  await expect(runs.link(`${word} fine`)).toBeVisible();
  await runs.view("Failed").click();
  await expect(page).toHaveURL(new RegExp(`[?&]q=${word}`));
  await expect(page).toHaveURL(/[?&]status=failed/);
  await expect(runs.link(`${word} fine`)).toHaveCount(0);
  await expect(runs.row(`${word} broken`)).toContainText("it broke");
  await runs.link(`${word} broken`).click();
  await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}/);
  await page.goBack();
  await expect(page).toHaveURL(/[?&]status=failed/);
  await expect(runs.link(`${word} broken`)).toBeVisible();
  await expect(runs.link(`${word} fine`)).toHaveCount(0);
  await page.goBack();
  await expect(page).not.toHaveURL(/status=/);
  await expect(runs.link(`${word} fine`)).toBeVisible();

  await runs.search.fill(`agent:"agent ${word}" status:running ${word}`);
  await runs.search.press("Enter");
  await expect(page).toHaveURL(/[?&]status=running/);
  await expect(page).toHaveURL(/[?&]agent=agent/);
  await expect(runs.link(`${word} fine`)).toBeVisible();
  await page.reload();
  await expect(runs.link(`${word} fine`)).toBeVisible();
  await expect(runs.link(`${word} broken`)).toHaveCount(0);
  await page.getByRole("button", { name: `Remove filter Agent agent ${word}` }).click();
  await expect(page).not.toHaveURL(/[?&]agent=/);
});

test("a list that was left for another view is current when one comes back to it", async ({ page, floor, word }) => {
  await startRuns(floor, word, ["slow"]);
  const runs = new RunsPage(page);
  await runs.open(`?q=${word}`);
  await expect(runs.row(`${word} slow`)).toContainText("Running");
  await runs.view("Failed").click();
  await expect(page.getByRole("heading", { name: "No matching runs" })).toBeVisible();
  await finish(floor, word, "slow");
  await startRuns(floor, word, ["later"]);
  await runs.view("All").click();
  await expect(runs.row(`${word} slow`)).toContainText("Succeeded");
  await expect(runs.pill).toHaveText("1 new run");
});

test("a list is current again also where the stream only began while another view was shown", async ({ page, floor, word }) => {
  // Without it each page reads the stream itself, where the test can hold it.
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "SharedWorker"));
  const letStream = await holdRequests(page, /\/api\/stream\?/);
  await startRuns(floor, word, ["slow"]);
  const runs = new RunsPage(page);
  await runs.open(`?q=${word}`);
  await expect(runs.row(`${word} slow`)).toContainText("Running");
  await runs.view("Failed").click();
  await expect(page.getByRole("heading", { name: "No matching runs" })).toBeVisible();
  await finish(floor, word, "slow");
  await startRuns(floor, word, ["later"]);
  letStream();
  await expect(page.getByRole("navigation", { name: "Main" }).getByText("Live", { exact: true })).toBeVisible();
  await runs.view("All").click();
  await expect(runs.row(`${word} slow`)).toContainText("Succeeded");
  await expect(runs.pill).toHaveText("1 new run");
});

test("what happened while a run's page was open is on the list when one comes back", async ({ page, floor, word }) => {
  await startRuns(floor, word, ["opened", "other"]);
  const runs = new RunsPage(page);
  await runs.open(`?q=${word}`);
  await runs.link(`${word} opened`).click();
  await expect(page.getByRole("heading", { level: 1, name: `${word} opened` })).toBeVisible();
  await finish(floor, word, "other");
  await page.goBack();
  await expect(page).toHaveTitle(/^(\(\d+\) )?Runs · Watchfloor$/);
  await expect(runs.row(`${word} other`)).toContainText("Succeeded");
});

test("a filter that matches nothing says so and can be cleared", async ({ page, floor, word }) => {
  await startRuns(floor, word, ["there"]);
  const runs = new RunsPage(page);
  await runs.open(`?q=nothing-${word}`);
  await expect(page.getByRole("heading", { name: "No matching runs" })).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page).not.toHaveURL(/q=/);
  await expect(runs.link(`${word} there`)).toBeVisible();
});

test("120 runs load page by page while one scrolls, and the back button restores the place", async ({ page, floor, word }) => {
  const numbered = Array.from({ length: 120 }, (_, index) => `n${String(index + 1).padStart(3, "0")}`);
  await floor.sendLines(numbered.map((name) => startOf({ run: `${name}-${word}`, name: `${word} ${name}`, at: at() })));
  const runs = new RunsPage(page);
  await runs.open(`?q=${word}`);
  await expect(runs.table.getByRole("link")).not.toHaveCount(0);
  await expect(async () => {
    await runs.scrollToEnd();
    await expect(runs.list).toContainText("120 runs in total", { timeout: 500 });
  }).toPass();
  const names = await floor.runs(`?q=${word}&limit=200`);
  const oldest = names.at(-1)?.name ?? "";
  await runs.scrollToEnd();
  await expect(runs.link(oldest)).toBeInViewport();
  const scrolled = await runs.scrolled();
  await runs.link(oldest).click();
  await expect(page.getByRole("heading", { level: 1, name: oldest })).toBeVisible();
  await page.goBack();
  await expect(runs.link(oldest)).toBeInViewport();
  expect(Math.abs((await runs.scrolled()) - scrolled)).toBeLessThan(2);
});

test("new runs that were let in while older ones load stay in the list", async ({ page, floor, word }) => {
  const numbered = Array.from({ length: 60 }, (_, index) => `n${String(index + 1).padStart(3, "0")}`);
  await floor.sendLines(numbered.map((name) => startOf({ run: `${name}-${word}`, name: `${word} ${name}`, at: at() })));
  const runs = new RunsPage(page);
  const release = await holdRequests(page, /\/api\/runs\?.*cursor=/);
  await runs.open(`?q=${word}`);
  await expect(runs.table.getByRole("link")).not.toHaveCount(0);
  await runs.scrollToEnd();
  await expect(runs.list.getByRole("button", { name: "Loading" })).toBeVisible();
  await startRuns(floor, word, ["late"]);
  await runs.pill.click();
  await expect(runs.table.getByRole("row").nth(1)).toContainText(`${word} late`);
  await finish(floor, word, "late");
  await expect(runs.row(`${word} late`)).toContainText("Succeeded");
  release();
  await expect(async () => {
    await runs.scrollToEnd();
    await expect(runs.list).toContainText("61 runs in total", { timeout: 500 });
  }).toPass();
  await expect(runs.pill).toHaveCount(0);
});

test("Enter opens a run also right behind the keys that came to it, however long its page takes", async ({ page, floor, word }) => {
  await startRuns(floor, word, ["first", "second", "third"]);
  const runs = new RunsPage(page);
  await runs.open(`?q=${word}`);
  await expect(runs.link(`${word} first`)).toBeVisible();
  const release = await holdRequests(page, /\/runs\/[0-9a-f-]+\?.*_rsc=/);

  // The time stands still between one key and the next: the choice comes into the address a moment behind them.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  for (const name of ["third", "second"]) {
    await page.keyboard.press("j");
    await page.clock.runFor(20);
    await expect(runs.link(`${word} ${name}`)).toBeFocused();
  }
  await page.keyboard.press("Enter");
  await page.clock.resume();
  const id = ((await runs.link(`${word} second`).getAttribute("href")) ?? "").split("/").at(-1);
  await expect(page).toHaveURL(new RegExp(`/runs\\?q=${word}&run=${id}$`));
  await expect(page.locator("[data-going]")).toHaveCSS("opacity", "1");
  release();
  await expect(page.getByRole("heading", { level: 1, name: `${word} second` })).toBeVisible();
  await expect(page.locator("[data-going]")).toHaveCount(0);

  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`/runs\\?q=${word}&run=${id}$`));
  await expect(runs.link(`${word} second`)).toBeFocused();
});

test("going back calls off a page that is on its way", async ({ page, floor, word }) => {
  await startRuns(floor, word, ["first"]);
  const runs = new RunsPage(page);
  await runs.open();
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await expect(page.getByRole("heading", { level: 1, name: "Costs" })).toBeVisible();
  const release = await holdRequests(page, /\/settings\?.*_rsc=/);
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.locator("[data-going]")).toHaveCSS("opacity", "1");
  await page.goBack();
  await expect(runs.link(`${word} first`)).toBeVisible();
  await expect(page.locator("[data-going]")).toHaveCount(0);
  release();

  await runs.view("Running").click();
  await expect(page).toHaveURL(/\/runs\?status=running$/);
  await expect(runs.view("Running")).toHaveAttribute("aria-pressed", "true");
});

test("the list is worked by keys alone: j and k, Enter, search, palette and the sheet of keys", async ({ page, floor, word }) => {
  await startRuns(floor, word, ["first", "second"]);
  const runs = new RunsPage(page);
  await runs.open(`?q=${word}`);
  await expect(runs.link(`${word} first`)).toBeVisible();
  await page.keyboard.press("j");
  await expect(runs.link(`${word} second`)).toBeFocused();
  await page.keyboard.press("j");
  await expect(runs.link(`${word} first`)).toBeFocused();
  await page.keyboard.press("k");
  await expect(runs.link(`${word} second`)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: `${word} second` })).toBeVisible();
  await page.goBack();

  await expect(runs.link(`${word} first`)).toBeVisible();
  await page.keyboard.press("/");
  await expect(runs.search).toBeFocused();
  await page.keyboard.type(" j k ?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("Escape");

  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toContainText("Next run");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("dialog", { name: "Command palette" });
  await palette.getByRole("combobox").fill(`${word} fir`);
  await palette.getByRole("option", { name: `${word} first` }).click();
  await expect(page.getByRole("heading", { level: 1, name: `${word} first` })).toBeVisible();

  // What stands within the pages has a name too, and what has none is looked for among the runs.
  const options = palette.getByRole("option");
  const choose = async (text: string, chosen: string) => {
    await page.keyboard.press("ControlOrMeta+k");
    await palette.getByRole("combobox").fill(text);
    await expect(options.first()).toHaveText(chosen);
    await page.keyboard.press("Enter");
    await expect(palette).toHaveCount(0);
  };
  await choose("failed", "Runs: failed 24 h");
  await expect(page).toHaveURL(/\/runs\?status=failed&since=24h$/);
  await choose("redaction", "Settings: Redaction");
  await expect(page.getByRole("heading", { name: "Redaction" })).toBeInViewport();
  await choose("audit", "Settings: Audit log");
  await expect(page).toHaveURL(/\/settings\/audit$/);
  await choose(`status:running ${word} fir`, `All runs with status:running ${word} fir`);
  await expect(page).toHaveURL(new RegExp(`/runs\\?status=running&q=${word}\\+fir$`));
  await expect(runs.link(`${word} first`)).toBeVisible();
});

test("what is read again for filters that were left takes nothing from the runs that wait for others", async ({ page, floor, word }) => {
  await startRuns(floor, word, ["old"]);
  const runs = new RunsPage(page);
  await runs.open(`?q=${word}`);
  await expect(runs.link(`${word} old`)).toBeVisible();
  await page.getByRole("link", { name: "Sessions", exact: true }).first().click();
  await expect(page).toHaveURL(/\/sessions/);
  const release = await holdRequests(page, (url) => url.pathname === "/api/runs" && !url.searchParams.has("status"));
  const asked = page.waitForRequest((request) => new URL(request.url()).pathname === "/api/runs");
  await page.goBack();
  const read = (await asked).response();
  await runs.view("Running").click();
  await expect(page).toHaveURL(/status=running/);
  await expect(runs.link(`${word} old`)).toBeVisible();
  await startRuns(floor, word, ["new"]);
  await expect(runs.pill).toHaveText("1 new run");
  release();
  await (await read)?.finished();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await runs.pill.click();
  await expect(runs.link(`${word} new`)).toBeVisible();
});
