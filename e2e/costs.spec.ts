import { readFileSync } from "node:fs";
import type { JsonObject } from "@/lib/core/json";
import { expect, test } from "./fixtures";
import type { Floor } from "./support/floor";

type Told = { readonly run: string; readonly seq: number; readonly agent: string; readonly at: Date };

const started = ({ run, seq, agent, at }: Told): JsonObject => ({
  ...{ workflow_id: run, type: "WORKFLOW_STARTED", seq, agent_id: agent, timestamp: at.toISOString() },
  payload: { query: `Report of ${agent}`, session_id: `session-${agent}` },
});
const spent = ({ run, seq, agent, at }: Told, usage: JsonObject): JsonObject => ({
  ...{ workflow_id: run, type: "LLM_OUTPUT", seq, agent_id: agent, timestamp: at.toISOString() },
  payload: { model: "gpt-5", provider: "openai", input_tokens: 1_000, output_tokens: 100, ...usage },
});

/** A run at each source, of an agent named like it, that spends one dollar more than the one before. */
async function spendAt(floor: Floor, sources: readonly string[]): Promise<void> {
  for (const [n, source] of sources.entries()) {
    const told = { run: `${source}-run`, agent: source, at: new Date() };
    const events = [started({ ...told, seq: 1 }), spent({ ...told, seq: 2 }, { cost_usd: n + 1 })];
    await floor.post(`/api/ingest/shannon?source=${source}`, events);
  }
}

test("what an agent spends appears while it spends it, its estimate apart, and leads to its runs", async ({ page, floor, word }) => {
  const told = { run: `costs-${word}`, agent: `spender-${word}`, at: new Date() };
  await floor.sendLines([started({ ...told, seq: 1 }), spent({ ...told, seq: 2 }, { cost_usd: 5 })]);
  await page.goto("/costs?range=1h");
  const table = page.getByRole("region", { name: "By agent" });
  const row = table.getByRole("row").filter({ hasText: told.agent });
  await expect(row).toContainText("$5.00");

  await floor.sendLines([spent({ ...told, seq: 3 }, { cost_usd: 2.5 }), spent({ ...told, seq: 4 }, {})]);
  await expect(row).toContainText("$7.50");
  // 1,000 x 1,250 + 100 x 10,000 nano-dollars.
  await expect(row).toContainText("~$0.0023");
  await expect(page.getByRole("region", { name: "Most expensive runs" })).toContainText(`Report of ${told.agent}`);

  await row.getByRole("link", { name: told.agent }).click();
  await expect(page).toHaveURL(new RegExp(`/runs\\?agent=${told.agent}`));
});

test("what a member of a team spends leads to the runs in which it works, also to one that begins while they are looked at", async ({
  page,
  floor,
  word,
}) => {
  const told = { run: `team-${word}`, agent: `lead-${word}`, at: new Date() };
  const member = { ...told, agent: `member-${word}` };
  await floor.sendLines([started({ ...told, seq: 1 }), spent({ ...member, seq: 2 }, { cost_usd: 5 })]);
  await page.goto("/costs?range=1h");
  await page.getByRole("region", { name: "By agent" }).getByRole("link", { name: member.agent }).click();
  // The page of costs names the run too, among the most expensive: what begins next must find the list already read.
  const listed = page.getByRole("region", { name: "List of runs" }).getByRole("link", { name: `Report of ${told.agent}` });
  await expect(listed).toHaveCount(1);

  const next = { ...told, run: `team-2-${word}` };
  await floor.sendLines([started({ ...next, seq: 1 }), spent({ ...next, agent: member.agent, seq: 2 }, { cost_usd: 1 })]);
  await page.getByRole("button", { name: "1 new run" }).click();
  await expect(listed).toHaveCount(2);
});

test("each source of one system leads to its own runs", async ({ page, floor, word }) => {
  await spendAt(floor, [`east-${word}`, `west-${word}`]);
  await page.goto("/costs?range=1h&group=source");
  await page.getByRole("link", { name: `Shannon / west-${word}` }).click();
  await expect(page.getByRole("link", { name: `Report of west-${word}` })).toBeVisible();
  await expect(page.getByRole("link", { name: `Report of east-${word}` })).toHaveCount(0);
});

test("what a source says of its environment divides costs and runs", async ({ page, floor, word }) => {
  await spendAt(floor, [`prod-${word}`, `test-${word}`]);
  await page.goto("/settings#sources");
  const source = page.getByRole("listitem", { name: `Shannon, prod-${word}` });
  await source.getByRole("button", { name: "Edit" }).click();
  const form = page.getByRole("dialog", { name: `Edit Shannon, prod-${word}` });
  await form.getByLabel("Environment").fill(`live ${word}`);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(source).toContainText(`live ${word}`);

  await page.goto("/costs?range=1h");
  await page.getByRole("button", { name: "Environment" }).click();
  const table = page.getByRole("region", { name: "By environment" });
  await expect(table.getByRole("row").filter({ hasText: `live ${word}` })).toContainText("$1.00");
  await expect(table.getByRole("row").filter({ hasText: "(not set)" })).toBeVisible();
  await table.getByRole("link", { name: `live ${word}` }).click();
  await expect(page.getByRole("link", { name: `Report of prod-${word}` })).toBeVisible();
  await expect(page.getByRole("link", { name: `Report of test-${word}` })).toHaveCount(0);

  // Another run of it comes into the narrowed list; one of the other source does not.
  for (const name of [`test-${word}`, `prod-${word}`])
    await floor.post(
      `/api/ingest/shannon?source=${name}`,
      started({ run: `${name}-next`, agent: `next of ${name}`, seq: 1, at: new Date() }),
    );
  await expect(page.getByRole("button", { name: "1 new run" })).toBeVisible();
  const box = page.getByRole("combobox", { name: "Search runs" });
  await page.getByRole("button", { name: "Remove filter Environment" }).click();
  await box.fill("env:live");
  await expect(page.getByRole("option", { name: `live ${word}` })).toBeVisible();
});

test("range, grouping and what is drawn stand in the address and come back with it", async ({ page, floor, word }) => {
  const told = { run: `costs-${word}`, agent: `a-${word}`, at: new Date() };
  await floor.sendLines([started({ ...told, seq: 1 }), spent({ ...told, seq: 2 }, { cost_usd: 1 })]);
  await page.goto("/costs");
  await page.getByRole("button", { name: "6 h" }).click();
  await page.getByRole("button", { name: "Model" }).click();
  await page.getByRole("button", { name: "Tokens" }).click();
  await expect(page).toHaveURL(/\/costs\?(?=.*range=6h)(?=.*group=model)(?=.*show=tokens)/);
  await page.reload();
  await expect(page.getByRole("region", { name: "By model" }).getByRole("row").filter({ hasText: "gpt-5" })).toBeVisible();
  await expect(page.getByRole("button", { name: "6 h" })).toHaveAttribute("aria-pressed", "true");
  await page.goBack();
  await expect(page.getByRole("button", { name: "Money" })).toHaveAttribute("aria-pressed", "true");
});

test("a month of the calendar and any days are chosen as days, the last one with them", async ({ page, floor, word }) => {
  const told = { run: `costs-${word}`, agent: `a-${word}`, at: new Date() };
  await floor.sendLines([started({ ...told, seq: 1 }), spent({ ...told, seq: 2 }, { cost_usd: 1 })]);
  await page.goto("/costs?group=agent");
  await page.getByRole("button", { name: "This month" }).click();
  await expect(page).toHaveURL(/range=month/);
  const row = page.getByRole("region", { name: "By agent" }).getByRole("row").filter({ hasText: told.agent });
  await expect(row).toContainText("$1.00");

  await page.getByRole("button", { name: "Custom" }).click();
  const form = page.getByRole("dialog", { name: "Custom range" });
  const today = await form.getByLabel("Last day").inputValue();
  expect(await form.getByLabel("First day").inputValue()).toBe(`${today.slice(0, 8)}01`);
  await form.getByLabel("First day").fill("2020-01-01");
  await expect(form).toContainText("A range has at most 1,000 days.");
  await form.getByLabel("Last day").fill("2019-12-31");
  await expect(form).toContainText("The last day is before the first.");
  await expect(form.getByRole("button", { name: "Apply" })).toBeDisabled();
  await form.getByLabel("First day").fill(today);
  await form.getByLabel("Last day").fill(today);
  await form.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(new RegExp(`from=${today}T00(:|%3A)00`));
  await expect(row).toContainText("$1.00");
  await page.getByRole("button", { name: "Back to This month" }).click();
  await expect(page).not.toHaveURL(/from=/);
});

test("the chart has a table that says the same, and its rows look closer", async ({ page, floor, word }) => {
  const told = { run: `costs-${word}`, agent: `a-${word}`, at: new Date() };
  await floor.sendLines([started({ ...told, seq: 1 }), spent({ ...told, seq: 2 }, { cost_usd: 1 })]);
  await page.goto("/costs?range=24h");
  await page.getByRole("button", { name: "Table" }).click();
  const twin = page.getByRole("table", { name: "The chart as a table" });
  await expect(twin.getByRole("row").nth(1)).toContainText("$");
  await twin.getByRole("row").nth(1).getByRole("button").click();
  await expect(page).toHaveURL(/from=.*&to=|to=.*&from=/);
  await expect(page.getByRole("heading", { name: /^By minute/ })).toBeVisible();
  await page.getByRole("button", { name: "Back to 24 h" }).click();
  await expect(page.getByRole("heading", { name: /^By hour/ })).toBeVisible();
  await page.getByRole("button", { name: "Chart" }).click();
  const drawn = page.getByRole("region", { name: "Over time" }).getByRole("application");
  const { width = 0 } = (await drawn.boundingBox()) ?? {};
  await drawn.click({ position: { x: width - 40, y: 120 } });
  await expect(page).toHaveURL(/from=.*&to=|to=.*&from=/);
  await page.getByRole("button", { name: "Back to 24 h" }).click();
  await drawn.click({ position: { x: 20, y: 120 } });
  await expect(drawn).toHaveCSS("outline-style", "none");
});

test("the CSVs hold the table and the chart to the nano-dollar, as a spreadsheet reads them", async ({ page, floor, word }) => {
  const told = { run: `costs-${word}`, agent: `csv-${word}`, at: new Date() };
  await floor.sendLines([started({ ...told, seq: 1 }), spent({ ...told, seq: 2 }, { cost_usd: 0.000000123 })]);
  await page.goto("/costs?range=1h");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV" }).click();
  const lines = readFileSync(await (await download).path(), "utf8").split("\r\n");
  expect(lines[0]).toMatch(/^\ufeffagent,reports,tokens_total,/);
  expect(lines.find((line) => line.startsWith(told.agent))).toBe(`${told.agent},1,1100,1000,0,0,100,0,0.000000123,0.000000000,0`);

  await page.getByRole("button", { name: "Table" }).click();
  const chart = page.waitForEvent("download");
  await page.getByRole("region", { name: "Over time" }).getByRole("button", { name: "CSV" }).click();
  const file = await chart;
  expect(file.suggestedFilename()).toMatch(/^costs-by-agent-and-minute-[-\d]+\.csv$/);
  expect(readFileSync(await file.path(), "utf8")).toMatch(/^\ufeffminute,agent,tokens_total,cost_reported_usd,/);
});

test("fits a phone", async ({ page, floor, word }) => {
  const told = { run: `costs-${word}`, agent: `phone-${word}`, at: new Date() };
  await floor.sendLines([started({ ...told, seq: 1 }), spent({ ...told, seq: 2 }, { cost_usd: 1 })]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/costs?range=1h");
  await expect(page.getByRole("region", { name: "By agent" })).toContainText(told.agent);
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(widths[0]).toBeLessThanOrEqual(widths[1] as number);
});

test("a budget is made, is crossed by the event that crosses it, and leads there", async ({ page, floor, word }) => {
  const told = { run: `costs-${word}`, agent: `b-${word}`, at: new Date() };
  const before = { run: `before-${word}`, agent: `a-${word}`, at: new Date() };
  await floor.sendLines([started({ ...before, seq: 1 }), spent({ ...before, seq: 2 }, { cost_usd: 1.7 })]);
  await page.goto("/costs?range=1h");
  const budgets = page.getByRole("region", { name: "Budgets" });
  await budgets.getByRole("button", { name: "New budget" }).click();
  const form = page.getByRole("dialog", { name: "New budget" });
  await form.getByLabel("Name").fill(`Budget ${word}`);
  await form.getByRole("button", { name: "Agent" }).click();
  await form.getByLabel("Only this agent").fill(told.agent);
  const lookBack = form.getByRole("region", { name: "Look back" });
  await expect(lookBack).toContainText("Enter an amount");
  await form.getByLabel("Amount ($)").fill("2");
  // This agent has spent nothing yet, the one before it has.
  await expect(lookBack).toContainText("It would not have been crossed");
  await form.getByLabel("Only this agent").fill(before.agent);
  await expect(lookBack).toContainText(
    /It would have been crossed twice (today|in the last \d+ days): 50 % once, 80 % once, 100 % never\./,
  );
  // Sums of days say on which day, and not how long ago.
  await expect(lookBack.getByRole("listitem").first()).toHaveText(new RegExp(`^80 % (today|yesterday), ${before.agent}$`));
  await form.getByLabel("Only this agent").fill(told.agent);
  await form.getByRole("combobox", { name: "Action" }).selectOption("pause");
  await form.getByRole("combobox", { name: "At" }).selectOption("50");
  await form.getByRole("button", { name: "Create budget" }).click();
  const row = budgets.getByRole("listitem").filter({ hasText: `Budget ${word}` });
  await expect(row).toContainText("no threshold crossed yet");

  await floor.sendLines([
    started({ ...told, seq: 1 }),
    spent({ ...told, seq: 2 }, { cost_usd: 0.9 }),
    spent({ ...told, seq: 3 }, { cost_usd: 0.2 }),
  ]);
  await expect(row).toContainText("50 % crossed");
  await expect(row).toContainText("requests pause at 50 %");
  await expect(row).toContainText("asked 1 run to pause");
  await expect(row.getByRole("progressbar")).toHaveAttribute("aria-valuetext", "$1.10 of $2.00");
  await row.getByRole("link", { name: /^by Report of/ }).click();
  await expect(page).toHaveURL(/view=events&sel=3/);
  await page.goBack();
  await row.getByRole("button", { name: `Delete Budget ${word}` }).click();
  await page.getByRole("button", { name: "Delete budget" }).click();
  await expect(page.getByRole("region", { name: "Messages" })).toContainText(`Budget Budget ${word} deleted.`);
  await expect(row).toHaveCount(0);
});
