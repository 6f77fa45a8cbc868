import { readFileSync } from "node:fs";
import { expect, test } from "./fixtures";
import { endOf, startOf } from "./flows/many";
import { RunsPage } from "./pages/runs-page";
import type { Floor } from "./support/floor";

const at = () => new Date(Date.now() - 2_000);

/** One run that is done, with what its one model call used. */
async function used(
  floor: Floor,
  word: string,
  name: string,
  use: { readonly tokens: number; readonly dollars: number; readonly model: string },
) {
  const run = `${name}-${word}`;
  const call = {
    workflow_id: run,
    type: "LLM_OUTPUT",
    timestamp: at().toISOString(),
    payload: { model: use.model, input_tokens: use.tokens, output_tokens: 1, cost_usd: use.dollars },
  };
  await floor.sendLines([
    startOf({ run, name: `${word} ${name}`, at: at(), agent: `agent ${word}` }),
    call,
    endOf({ run, at: at() }, "WORKFLOW_COMPLETED"),
  ]);
}

test("a query is completed by keys, narrows the list by figures, and stands in the address", async ({ page, floor, word }) => {
  await used(floor, word, "cheap", { tokens: 100, dollars: 0.001, model: "gpt-5" });
  await used(floor, word, "dear", { tokens: 20_000, dollars: 2, model: `model-${word}` });
  const runs = new RunsPage(page);
  await runs.open(`?q=${word}`);
  await expect(runs.link(`${word} cheap`)).toBeVisible();

  await page.keyboard.press("/");
  await runs.search.press("End");
  await page.keyboard.type(" co");
  await expect(page.getByRole("option", { name: "cost:" })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(runs.search).toHaveValue(`${word} cost:`);
  await page.keyboard.type(">0.5 tokens:>10k");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/[?&]cost=%3E0.5|[?&]cost=>0.5/);
  await expect(runs.link(`${word} dear`)).toBeVisible();
  await expect(runs.link(`${word} cheap`)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Remove filter Tokens >10k" })).toBeVisible();
  // Who goes on typing goes on with the query, and nothing lies over what it found.
  await expect(runs.search).toBeFocused();
  await expect(page.getByRole("listbox")).toHaveCount(0);
  await page.keyboard.type(" x");
  await expect(runs.search).toHaveValue(`${word} x`);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/[?&]q=\w+\+x(&|$)/);
  await expect(runs.search).toBeFocused();
  await page.goBack();
  await expect(runs.search).toHaveValue(word);

  await page.reload();
  await expect(runs.link(`${word} dear`)).toBeVisible();
  await expect(runs.link(`${word} cheap`)).toHaveCount(0);
  await page.goto(`/runs?model=model-${word}`);
  await expect(runs.link(`${word} dear`)).toBeVisible();
  await page.goto(`/runs?q=${word}&cost=%3C0.5`);
  await expect(runs.link(`${word} cheap`)).toBeVisible();
});

test("what a query of terms alone found lies open once it is sent; the terms are offered again when one asks for them", async ({
  page,
  floor,
  word,
}) => {
  await used(floor, word, "dear", { tokens: 20_000, dollars: 2, model: `model-${word}` });
  const runs = new RunsPage(page);
  await runs.open();
  await page.keyboard.press("/");
  const offered = page.getByRole("option", { name: "cost:" });
  await expect(offered).toBeVisible();
  await page.keyboard.type(`model:model-${word}`);
  await page.keyboard.press("Enter");
  await expect(runs.search).toHaveValue("");
  await expect(runs.search).toBeFocused();
  await expect(offered).toBeHidden();
  await runs.link(`${word} dear`).click({ trial: true });
  await page.keyboard.press("ArrowDown");
  await expect(offered).toBeVisible();
  await page.keyboard.type("tokens:>10k");
  await page.keyboard.press("Enter");
  await expect(offered).toBeHidden();
  await runs.search.click();
  await expect(offered).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(offered).toBeHidden();
});

test("a run that is pressed while its name is still in the search box is opened, and the list behind it is narrowed", async ({
  page,
  floor,
  word,
}) => {
  for (const name of ["first", "second"]) await floor.sendLines([startOf({ run: `${name}-${word}`, name: `${word} ${name}`, at: at() })]);
  const runs = new RunsPage(page);
  await runs.open(`?q=${word}`);
  await expect(runs.link(`${word} first`)).toBeVisible();
  await runs.search.fill(`${word} first`);
  const { x, y } = (await runs.link(`${word} first`).boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.move(x + 8, y + 4);
  await page.mouse.down();
  await expect(runs.search).not.toBeFocused();
  // As long as it takes to read a list: nothing moves while it is pressed.
  for (let nth = 0; nth < 20; nth += 1) await floor.get(`/api/runs?q=${word}`);
  await page.mouse.up();
  await expect(page.getByRole("heading", { level: 1, name: `${word} first` })).toBeVisible();
  await page.goBack();
  await expect(runs.search).toHaveValue(`${word} first`);
  await expect(runs.link(`${word} second`)).toHaveCount(0);
});

test("the head of a figure sorts by it, the largest first, and the list stays so live, behind a reload and in the address", async ({
  page,
  floor,
  word,
}) => {
  await used(floor, word, "dear", { tokens: 100, dollars: 2, model: "gpt-5" });
  await used(floor, word, "long", { tokens: 20_000, dollars: 1, model: "gpt-5" });
  await used(floor, word, "cheap", { tokens: 50, dollars: 0.001, model: "gpt-5" });
  const runs = new RunsPage(page);
  await runs.open(`?q=${word}`);
  const names = page.getByRole("link", { name: new RegExp(`^${word} `) });
  await expect(names).toHaveText([`${word} cheap`, `${word} long`, `${word} dear`]);
  const started = page.getByRole("columnheader", { name: "Started" });
  await expect(started).toHaveAttribute("aria-sort", "descending");
  await page.getByRole("button", { name: "Cost", exact: true }).click();
  await expect(started).not.toHaveAttribute("aria-sort");
  await expect(names).toHaveText([`${word} dear`, `${word} long`, `${word} cheap`]);
  await expect(page.getByRole("columnheader", { name: "Cost" })).toHaveAttribute("aria-sort", "descending");
  await expect(page).toHaveURL(/[?&]sort=cost/);

  await used(floor, word, "middle", { tokens: 10, dollars: 1.5, model: "gpt-5" });
  await page.getByRole("button", { name: /1 new run/ }).click();
  await expect(names).toHaveText([`${word} dear`, `${word} middle`, `${word} long`, `${word} cheap`]);
  await page.reload();
  await expect(names).toHaveText([`${word} dear`, `${word} middle`, `${word} long`, `${word} cheap`]);

  await page.getByRole("button", { name: "Tokens in / out" }).click();
  await expect(names).toHaveText([`${word} long`, `${word} dear`, `${word} cheap`, `${word} middle`]);
  await started.getByRole("button").click();
  await expect(names).toHaveText([`${word} middle`, `${word} cheap`, `${word} long`, `${word} dear`]);
  await expect(page).not.toHaveURL(/sort=/);
  await page.getByRole("button", { name: "Tokens in / out" }).click();
  await expect(names).toHaveText([`${word} long`, `${word} dear`, `${word} cheap`, `${word} middle`]);
  await page.getByRole("button", { name: "Remove filter Largest tokens" }).click();
  await expect(names).toHaveText([`${word} middle`, `${word} cheap`, `${word} long`, `${word} dear`]);
});

test("what does not fit is told with its place, changes nothing, and is gone once it is put right", async ({ page, floor, word }) => {
  await used(floor, word, "one", { tokens: 1, dollars: 0.1, model: "gpt-5" });
  const runs = new RunsPage(page);
  await runs.open();
  await runs.search.fill("status:odd cost:0.5");
  await runs.search.press("Enter");
  const problems = page.getByRole("search").getByRole("alert");
  await expect(problems).toContainText("at 8: expected one of queued, running");
  await expect(problems).toContainText("at 17: expected >, >=, < or <=");
  expect(new URL(page.url()).search).toBe("");
  await runs.search.fill(`status:succeeded cost:<0.5 ${word}`);
  await runs.search.press("Enter");
  await expect(problems).toHaveCount(0);
  await expect(runs.link(`${word} one`)).toBeVisible();

  await page.goto("/runs?cost=nonsense");
  await expect(page.getByRole("main").getByRole("alert")).toContainText('"cost": expected >, >=, < or <=');
});

test("Space shows a run beside the list, follows j and k, and filters by its agent", async ({ page, floor, word }) => {
  await used(floor, word, "first", { tokens: 1_200, dollars: 0.25, model: "gpt-5" });
  await floor.sendLines([
    startOf({ run: `second-${word}`, name: `${word} second`, at: at(), agent: "other" }),
    endOf({ run: `second-${word}`, at: at() }, "WORKFLOW_FAILED"),
  ]);
  const runs = new RunsPage(page);
  await runs.open(`?q=${word}`);
  await expect(runs.link(`${word} first`)).toBeVisible();
  await page.keyboard.press("j");
  await expect(runs.link(`${word} second`)).toBeFocused();
  await page.keyboard.press("Space");
  const peek = page.getByRole("complementary", { name: "Peek at run" });
  await expect(peek.getByRole("heading", { level: 2, name: `${word} second` })).toBeVisible();
  await expect(peek).toContainText("it broke");
  await expect(peek.getByRole("list", { name: "Last events" })).toContainText("run.failed");

  await page.keyboard.press("j");
  await expect(peek.getByRole("heading", { level: 2, name: `${word} first` })).toBeVisible();
  await expect(peek).toContainText("$0.25");
  await page.keyboard.press("Escape");
  await expect(peek).toHaveCount(0);
  await page.keyboard.press("Space");
  await peek.getByRole("button", { name: `agent ${word}` }).click();
  await expect(page).toHaveURL(/[?&]agent=agent/);
  await expect(runs.link(`${word} second`)).toHaveCount(0);
  await peek.getByRole("link", { name: "Open run" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `${word} first` })).toBeVisible();
});

test("a view that was saved is there after a reload, can be deleted, and is taken back by undo", async ({ page, word }) => {
  const runs = new RunsPage(page);
  await runs.open(`?q=${word}&cost=%3E0.25`);
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("textbox", { name: "View name" }).fill(`mine ${word}`);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.goto("/runs");
  await page.getByRole("button", { name: "Views" }).click();
  await page
    .getByRole("list", { name: "Saved views" })
    .getByRole("button", { name: new RegExp(`^mine ${word}`) })
    .click();
  await expect(page).toHaveURL(new RegExp(`[?&]q=${word}`));
  await expect(page.getByRole("button", { name: "Remove filter Cost >0.25" })).toBeVisible();
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("button", { name: `Delete view mine ${word}` }).click();
  await expect(page.getByText("No saved views in this browser yet.")).toBeVisible();
  await page.getByRole("region", { name: "Messages" }).getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Views" }).click();
  await expect(page.getByRole("list", { name: "Saved views" })).toContainText(`mine ${word}`);
});

test("the export holds what the filters find, not only what is loaded", async ({ page, floor, word }) => {
  const names = Array.from({ length: 70 }, (_, index) => `n${index}`);
  await floor.sendLines(names.map((name) => startOf({ run: `${name}-${word}`, name: `${word} ${name}`, at: at() })));
  const runs = new RunsPage(page);
  await runs.open(`?q=${word}`);
  await expect(runs.table.getByRole("link").first()).toBeVisible();
  await page.getByRole("button", { name: "Export" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^runs-\d{4}-\d{2}-\d{2}\.csv$/);
  const lines = readFileSync(await file.path(), "utf8")
    .trim()
    .split("\r\n");
  expect(lines).toHaveLength(71);
  expect(lines[0]).toContain("external_id");

  const [first = "", , third = ""] = await runs.table.getByRole("link").allInnerTexts();
  for (const name of [third, first]) {
    await runs.row(name).hover();
    await page.getByRole("checkbox", { name: `Select ${name}`, exact: true }).click();
  }
  const selected = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export the selected runs as JSON" }).click();
  const kept = JSON.parse(readFileSync(await (await selected).path(), "utf8")) as { name: string }[];
  expect(kept.map((run) => run.name)).toEqual([first, third]);
});

test("the strip counts, and its views are gone through by keys", async ({ page, ownServer }) => {
  const { floor } = ownServer;
  await floor.sendLines([
    startOf({ run: "a", name: "alpha", at: at() }),
    startOf({ run: "b", name: "beta", at: at() }),
    endOf({ run: "b", at: at() }, "WORKFLOW_FAILED"),
  ]);
  await page.goto(ownServer.signInLink);
  await page.goto(`${floor.url}/runs`);
  const runs = new RunsPage(page);
  await expect(runs.view("Running")).toContainText("1");
  await expect(runs.view("Failed 24 h")).toContainText("1");
  await floor.sendLines([endOf({ run: "a", at: at() }, "WORKFLOW_COMPLETED")]);
  await expect(runs.view("Running")).toContainText("0");
  for (const name of ["Running", "Needs me", "Failed 24 h"]) {
    await page.keyboard.press("]");
    await expect(runs.view(name)).toHaveAttribute("aria-pressed", "true");
  }
  await expect(page).toHaveURL(/status=failed&since=24h|since=24h.*status=failed/);
  await expect(runs.link("beta")).toBeVisible();
  await expect(runs.link("alpha")).toHaveCount(0);
});
