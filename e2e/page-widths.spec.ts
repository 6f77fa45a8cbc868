import { expect, type Page, test } from "./fixtures";
import { later } from "./flows/flow";
import { shannonFlow } from "./flows/shannon";
import { AskingAgent } from "./support/asking-agent";
import { cutOffOn } from "./support/cut-off";
import { openAwake } from "./support/open-awake";

/** Of a tablet, however it is held, and of a window beside another one. */
const widths = [560, 700, 768, 820, 900, 1024, 1180];

async function expectWholeAtEveryWidth(page: Page, where: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    await expect.poll(() => cutOffOn(page), `${where}, ${width} px`).toEqual([]);
  }
}

test("two compared runs can be read however wide the window is", async ({ page, floor, word }) => {
  const at = new Date(Date.now() - 3_000);
  const [a, b] = [shannonFlow({ run: `a-${word}`, at }), shannonFlow({ run: `b-${word}`, at })];
  const idA = await floor.send("shannon", a.run, [...a.first, ...a.second]);
  const idB = await floor.send("shannon", b.run, b.first);
  await openAwake(page, `/runs/compare?a=${idA}&b=${idB}`);
  await expect(page.getByRole("grid", { name: "Steps of both runs" }).getByRole("row").nth(2)).toBeVisible();
  await expectWholeAtEveryWidth(page, "compare");
});

test("what was spent stands whole in its cards, and what cannot be priced beside it", async ({ page, ownServer }) => {
  const { floor } = ownServer;
  const call = { workflow_id: "spends", type: "LLM_OUTPUT", agent_id: "writer" };
  const usage = { input_tokens: 1_000, output_tokens: 100 };
  await floor.sendLines([
    { ...call, seq: 1, payload: { model: "gpt-5", provider: "openai", ...usage, cost_usd: 4_744.05 } },
    { ...call, seq: 2, payload: { model: "house-1", provider: "house", ...usage } },
    { workflow_id: "spends", seq: 3, type: "WORKFLOW_COMPLETED", payload: { result: "done" } },
  ]);
  await page.context().request.get(await floor.signInLink(), { maxRedirects: 0 });
  await page.goto(`${floor.url}/costs`);
  await expect(page.getByText("Burn rate")).toBeVisible();
  await expectWholeAtEveryWidth(page, "costs");
});

test("a name that is cut in the tables of costs is whole on its hover, and hides no button", async ({ page, ownServer }) => {
  const { floor } = ownServer;
  const agent = `reconciler_${"quarterly".repeat(20)}`;
  const payload = { model: "gpt-5", provider: "openai", input_tokens: 1_000, output_tokens: 100, cost_usd: 2 };
  await floor.sendLines([{ workflow_id: "long", seq: 1, type: "LLM_OUTPUT", agent_id: agent, payload }]);
  await page.context().request.get(await floor.signInLink(), { maxRedirects: 0 });
  for (const path of ["/costs", "/runs/long?view=cost"]) {
    await page.goto(floor.url + path);
    const name = page.getByTitle(agent, { exact: true }).and(page.locator("table *"));
    await expect(name).toBeVisible();
    await expect(name.getByRole("button")).toHaveCount(0);
  }
});

test("a session's name has more room in the list of sessions than any of its figures", async ({ page, floor, word }) => {
  const session = `${word}-of-the-night-shift`;
  const event = { workflow_id: word, agent_id: "writer", timestamp: later(new Date(), 0) };
  await floor.sendLines([{ ...event, seq: 1, type: "WORKFLOW_STARTED", payload: { query: "Write", session_id: session } }]);
  await page.goto("/sessions");
  const row = page.getByRole("row").filter({ hasText: session });
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    await expect(row).toBeVisible();
    const [name = 0, ...others] = await row
      .locator("th, td")
      .evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().width));
    expect(name, `${width} px`).toBeGreaterThan(Math.max(...others));
  }
});

test("everything that is done in the settings' tables is in sight", async ({ page, floor, word }) => {
  await floor.post("/api/keys", { name: `Night shift ${word}`, scopes: ["ingest", "read", "decide", "control"] });
  await floor.post("/api/members", { name: `Ann-Katrin Featherstonehaugh-Cholmondeley ${word}`, role: "operator" });
  await floor.post("/api/prices", { model: `house-${word}-instruct`, provider: "house", input: "2.5", output: "10" });
  const model = { workflow_id: word, seq: 1, type: "LLM_OUTPUT", agent_id: "writer" };
  await floor.sendLines([{ ...model, payload: { model: `mixture-of-many-experts-${word}`, input_tokens: 1_000, output_tokens: 10 } }]);
  const acts = [
    { path: "/settings", table: "API keys", act: `Revoke Night shift ${word}` },
    { path: "/settings", table: "Members", act: `Remove Ann-Katrin Featherstonehaugh-Cholmondeley ${word}` },
    { path: "/settings/prices", table: "Custom prices", act: `Delete price of house-${word}-instruct` },
    { path: "/settings/prices", table: "Prices by model", act: `Set price for mixture-of-many-experts-${word}` },
  ];
  for (const { path, table, act } of acts) {
    await page.goto(path);
    const button = page.getByRole("table", { name: table, exact: true }).getByRole("button", { name: act });
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      // Down the page it may be, beside what is in sight it may not.
      await button.evaluate((element) => {
        for (let box = element.closest("table")?.parentElement; box; box = box.parentElement) box.scrollLeft = 0;
        element.scrollIntoView({ inline: "nearest" });
      });
      const scrolled = await button.evaluate((element) => element.closest("table")?.parentElement?.scrollLeft);
      expect(scrolled, `${act}, ${width} px`).toBe(0);
    }
  }
});

test("however many answers there are to choose from, the question stands above them", async ({ page, floor, word }) => {
  const agent = new AskingAgent(floor, `choices-${word}`);
  await agent.start(`Choose ${word}`);
  const question = `Which of these shall I clean first, ${word}?`;
  const choices = Array.from({ length: 30 }, (_, index) => `Environment ${index} in the region ${word}`);
  const approval = await agent.ask({ kind: "input", question, choices });
  for (const width of [390, 560, 700]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`/approvals?id=${approval.id}`);
    await expect(page.getByRole("button", { name: choices[0] })).toBeInViewport({ ratio: 0.99 });
    const asked = page.getByRole("article", { name: "Request" }).getByText(question);
    const { x = 0, y = 0, height = 0 } = (await asked.boundingBox()) ?? {};
    const isUncovered = await asked.evaluate((words, [left, top]) => words.contains(document.elementFromPoint(left, top)), [
      x + 4,
      y + height / 2,
    ] as const);
    expect(isUncovered, `${width} px`).toBe(true);
    const last = page.getByRole("button", { name: choices.at(-1) });
    await last.scrollIntoViewIfNeeded();
    await expect(last).toBeInViewport({ ratio: 0.99 });
  }
});

test("each argument that is allowed beforehand can be read beside its rule", async ({ page, floor, word }) => {
  const agent = new AskingAgent(floor, `allows-${word}`);
  await agent.start(`Allow ${word}`);
  const approval = await agent.ask({ kind: "tool", tool: `drop_${word}`, arguments: { bucket: `staging-${word}` } });
  await page.goto(`/approvals?id=${approval.id}`);
  await page.getByRole("button", { name: /^Allow similar/ }).click();
  const value = page.getByRole("group", { name: "Only if the arguments are" }).getByText(`"staging-${word}"`);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    expect(await value.evaluate((words) => words.getClientRects().length), `${width} px`).toBe(1);
  }
});

test.describe("by finger", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 820, height: 1_180 } });

  test("on a tablet what narrows the list of runs is taken away by a finger, and fields are as high as one", async ({ page }) => {
    await page.goto("/runs?status=failed&q=nothing");
    const remove = page.getByRole("button", { name: "Remove filter Status Failed" });
    await expect(remove).toBeVisible();
    const box = await remove.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(40);
    const clear = await page.getByRole("button", { name: "Clear search" }).boundingBox();
    if (!clear) throw new Error("nothing to clear with");
    await page.touchscreen.tap(clear.x - 8, clear.y - 8);
    await expect(page.getByRole("combobox", { name: "Search runs" })).toHaveValue("");
    await page.goto("/settings/audit");
    expect((await page.getByRole("combobox", { name: "Type" }).boundingBox())?.height).toBeGreaterThanOrEqual(40);
  });
});
