import { expect, test } from "./fixtures";

test("a model without a price gets one, and its past is priced anew after the difference was seen, on open pages too", async ({
  page,
  floor,
  word,
}) => {
  const model = `house-${word}`;
  const run = `priced-${word}`;
  const at = new Date().toISOString();
  const spent = (seq: number, payload: object) => ({
    ...{ workflow_id: run, type: "LLM_OUTPUT", seq, agent_id: "writer", timestamp: at },
    payload: { model, provider: "openai", input_tokens: 100_000, output_tokens: 10_000, ...payload },
  });
  await floor.sendLines([
    { workflow_id: run, type: "WORKFLOW_STARTED", seq: 1, agent_id: "writer", timestamp: at, payload: { query: `Priced ${word}` } },
    spent(2, {}),
    spent(3, { cost_usd: 1 }),
  ]);
  const open = await page.context().newPage();
  await open.goto(`/runs/${run}?view=cost`);
  await expect(open.getByText("unpriced").first()).toBeVisible();

  await page.goto("/costs?range=1h&group=model");
  const row = page.getByRole("region", { name: "By model" }).getByRole("row").filter({ hasText: model });
  await expect(row).toContainText("1 unpriced");
  await row.getByRole("link", { name: "set price" }).click();
  const dialog = page.getByRole("dialog", { name: "Set price" });
  await expect(dialog.getByLabel("Model (* matches any characters)")).toHaveValue(model);
  await expect(dialog.getByRole("button", { name: "Set price" })).toBeDisabled();
  await dialog.getByLabel("Input", { exact: true }).fill("2.5");
  await dialog.getByLabel("Output", { exact: true }).fill("10");
  await dialog.getByRole("button", { name: "Set price" }).click();
  await expect(dialog).toBeHidden();
  const entry = page.getByRole("table", { name: "Prices by model" }).getByRole("row").filter({ hasText: model });
  await expect(entry).toContainText("custom price");
  await expect(entry).toContainText("$2.5");
  await expect(entry).toContainText("1 unpriced");

  await page.getByRole("combobox", { name: "Model" }).selectOption(model);
  await page.getByRole("button", { name: "Preview changes" }).click();
  const record = page.getByRole("list", { name: "Repricings" }).getByRole("listitem").filter({ hasText: model });
  await expect(record).toContainText("ready to review");
  // 100,000 x 2,500 + 10,000 x 10,000 nano-dollars.
  await expect(record).toContainText("~$0.3500 in 1 event of 1 run");
  await expect(entry).toContainText("1 unpriced");
  await record.getByRole("button", { name: "Apply new estimates" }).click();
  await expect(record).toContainText("applied");
  await expect(record).toContainText("Applied by local owner");

  await expect(open.getByText("~$0.3500").first()).toBeVisible();
  await expect(open.getByText("unpriced")).toHaveCount(0);
  // Each figure says what it is made of: tokens by class, each at its price, and who says so.
  const figure = open
    .getByRole("row")
    .filter({ hasText: model })
    .getByRole("button", { name: /~\$0\.3500.*Where this/ });
  await figure.click();
  const lines = open.getByRole("dialog", { name: "Where this figure comes from" });
  await expect(lines).toContainText("at your custom price");
  await expect(lines.getByRole("row", { name: "Input 100,000 × $2.50/M ~$0.2500" })).toBeVisible();
  await expect(lines.getByRole("row", { name: "Output 10,000 × $10.00/M ~$0.1000" })).toBeVisible();
  await open.keyboard.press("Escape");
  await expect(figure).toBeFocused();
  // The run's own figure in its head, before all others.
  await open
    .getByRole("button", { name: /Where this figure comes from/ })
    .first()
    .click();
  await expect(lines.getByRole("row", { name: "Input 100,000 × $2.50/M ~$0.2500" })).toBeVisible();
  await expect(lines).not.toContainText("cannot be broken down");
  await page.goto("/costs?range=1h&group=model");
  await expect(row).toContainText("$1.00");
  await expect(row).toContainText("~$0.3500");
  await expect(row).not.toContainText("unpriced");
  await expect(row).toContainText("reported, and at your custom price");
  await expect(row.getByRole("cell", { name: "200,000 × $2.50/M" })).toBeVisible();
  await expect(row.getByRole("cell", { name: "20,000 × $10.00/M" })).toBeVisible();
});
