import { expect, test } from "./fixtures";
import { later } from "./flows/flow";
import { manyEvents } from "./flows/many";
import { RunPage } from "./pages/run-page";

const count = 3_000;

test("an order's number is found among thousands of events by what was sent, marked, live, with errors and kinds, and by the address", async ({
  page,
  context,
  floor,
  word,
}) => {
  const run = `sought-${word}`;
  const at = new Date(Date.now() - count);
  const tool = (seq: number, type: string, payload: object) => ({
    ...{ workflow_id: run, seq, type, agent_id: "counter", timestamp: later(at, seq) },
    payload: { tool_name: "order_lookup", call_id: `order_${seq}`, ...payload },
  });
  const order = { result: "ok", order: { number: "A-4711", city: "München" } };
  await floor.sendLines(manyEvents({ run, at, from: 1, to: count }));
  await floor.sendLines([tool(count + 1, "TOOL_OBSERVATION", order), tool(count + 2, "TOOL_ERROR", { error: "A-4711 timed out" })]);
  const opened = new RunPage(page);
  await opened.open((await floor.run(run)).id, "?view=events");
  const rows = opened.events.getByRole("row").filter({ has: page.getByRole("gridcell") });
  const search = page.getByRole("searchbox", { name: "Search in this run" });
  await expect(opened.event(count)).toBeInViewport();

  await page.keyboard.press("/");
  await expect(search).toBeFocused();
  await search.fill("a-4711");
  await expect(rows).toHaveCount(2);
  await expect(page.getByText("2 found in 3,002 events")).toBeVisible();
  await expect(opened.event(count + 1).locator("mark")).toHaveText("A-4711");
  await expect(page).toHaveURL(/[?&]q=a-4711(&|$)/);

  await floor.sendLines([tool(count + 3, "TOOL_OBSERVATION", order), tool(count + 4, "TOOL_OBSERVATION", { result: "other" })]);
  await expect(rows).toHaveCount(3);
  await expect(opened.event(count + 3)).toBeVisible();
  await expect(page.getByText("3 found in 3,004 events")).toBeVisible();

  await search.fill("münchen");
  await expect(rows).toHaveCount(2);
  await search.fill("a-4711");
  await expect(rows).toHaveCount(3);
  await page.keyboard.press("Escape");
  await expect(search).toHaveValue("");
  await page.keyboard.press("Escape");
  await expect(search).not.toBeFocused();
  await expect(opened.event(count + 4)).toBeVisible();

  await page.keyboard.press("!");
  await expect(rows).toHaveCount(1);
  await expect(opened.event(count + 2)).toContainText("A-4711 timed out");
  await floor.sendLines([tool(count + 5, "TOOL_ERROR", { error: "B-1 timed out" })]);
  await expect(rows).toHaveCount(2);
  await page.keyboard.press("/");
  await search.fill("b-1");
  await expect(rows).toHaveCount(1);
  await expect(opened.event(count + 5)).toBeVisible();

  const shared = new RunPage(await context.newPage());
  await shared.page.goto(page.url());
  await expect(shared.event(count + 5)).toBeVisible();
  await expect(shared.events.locator("mark")).toHaveText("B-1");
  await shared.page.getByRole("group", { name: "Kinds of events" }).getByRole("button", { name: "Agents" }).click();
  await expect(shared.page.getByRole("heading", { name: "No matching events" })).toBeVisible();
  await shared.page.getByRole("button", { name: "Show all events" }).click();
  await expect(shared.event(count + 5)).toBeVisible();
  await expect(shared.page).not.toHaveURL(/[?&](?:q|errors|types)=/);

  // In the past it finds what was there then.
  await shared.page.goto(`${page.url().replace(/\?.*/, "")}?view=events&q=a-4711&at=${count + 1}`);
  await expect(shared.page.getByText("1 found in 3,001 events")).toBeVisible();
  await expect(shared.event(count + 1)).toBeVisible();
  await expect(shared.event(count + 2)).toHaveCount(0);
});

test("nothing is said to be missing while it is looked for, and what could not be read is tried again", async ({ page, floor, word }) => {
  const run = `slow-${word}`;
  await floor.sendLines(manyEvents({ run, at: new Date(Date.now() - 100), from: 1, to: 50 }));
  const { id } = await floor.run(run);
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(
    /\/events\?.*q=/,
    async (route) => {
      await answered;
      await route.fulfill({ status: 503, json: { error: { code: "unavailable", message: "The database does not answer." } } });
    },
    { times: 1 },
  );
  const opened = new RunPage(page);
  await opened.open(id, "?view=events&q=nowhere");
  const missing = page.getByRole("heading", { name: "No matching events" });
  await expect(page.getByText("Searched 0 of 50 events")).toBeVisible();
  await expect(missing).toHaveCount(0);
  answer();
  await expect(page.getByText("Some events could not be loaded.")).toBeVisible();
  await expect(missing).toHaveCount(0);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(missing).toBeVisible();
  await expect(page.getByText("0 found in 50 events")).toBeVisible();
});
