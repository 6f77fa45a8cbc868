import { expect, test } from "./fixtures";

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
