import { expect, type Page, test } from "./fixtures";
import { agentOsFlow } from "./flows/agent-os";
import { shannonFlow } from "./flows/shannon";
import { RunPage } from "./pages/run-page";
import { expectLayout } from "./support/layout";

/** Long ago and always the same. */
const at = new Date("2026-01-05T09:00:00.000Z");

type Shown = { readonly name: string; readonly path: string; readonly ready: (page: Page) => Promise<void> };

test("the main pages stand as they were last looked at: light, dark, and on a phone", async ({ browser, ownServer }) => {
  const { floor } = ownServer;
  const shannon = shannonFlow({ run: "layout-1", at });
  const os = agentOsFlow({ run: "layout-2", at });
  await floor.send("shannon", shannon.run, [...shannon.first, ...shannon.second]);
  await floor.send("agent-os", os.run, [...os.first, ...os.second]);
  const asking = shannonFlow({ run: "layout-3", at });
  if (!asking.question) throw new Error("this system asks humans");
  await floor.send("shannon", asking.run, [...asking.first, asking.question.ask]);

  const pages: readonly Shown[] = [
    { name: "runs", path: "/runs", ready: async (page) => expect(page.getByText(shannon.name, { exact: true }).first()).toBeVisible() },
    {
      name: "run",
      path: `/runs/${shannon.run}`,
      ready: async (page) => expect(new RunPage(page).timeline.getByRole("row").nth(1)).toBeVisible(),
    },
    {
      name: "run-events",
      path: `/runs/${shannon.run}?view=events`,
      // A row stands there before its event has been read.
      ready: async (page) => expect(new RunPage(page).event(8)).toContainText("WORKFLOW_COMPLETED"),
    },
    {
      name: "approvals",
      path: "/approvals",
      ready: async (page) => expect(page.getByRole("heading", { name: "Approvals" })).toBeVisible(),
    },
    {
      name: "compare",
      path: `/runs/compare?a=${shannon.run}&b=${os.run}`,
      ready: async (page) => expect(page.getByRole("grid", { name: "Steps of both runs" }).getByRole("row").nth(2)).toBeVisible(),
    },
  ];
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  await context.request.get(await floor.signInLink(), { maxRedirects: 0 });
  const page = await context.newPage();
  const standAsKept = async (shown: readonly Shown[]) => {
    for (const { name, path, ready } of shown) {
      for (const look of ["light", "dark", "phone"] as const) {
        await page.emulateMedia({ colorScheme: look === "dark" ? "dark" : "light" });
        await page.setViewportSize(look === "phone" ? { width: 390, height: 844 } : { width: 1440, height: 900 });
        await page.goto(floor.url + path);
        await ready(page);
        await page.evaluate(() => document.fonts.ready);
        await page.getByText("Connecting", { exact: true }).first().waitFor({ state: "detached" });
        if (process.env.LOOK) await page.screenshot({ path: `test-results/look-${name}-${look}.png` });
        await expectLayout(page, `${name}-${look}`);
      }
    }
  };
  await standAsKept(pages);

  // Money is counted by when it was spent: these have to be of now.
  const spent = { workflow_id: "layout-4", type: "LLM_OUTPUT", agent_id: "writer" };
  await floor.sendLines([
    { ...spent, seq: 1, payload: { model: "gpt-5", provider: "openai", input_tokens: 1_000, output_tokens: 100, cost_usd: 0.25 } },
    { ...spent, seq: 2, agent_id: "reader", payload: { model: "house-1", provider: "house", input_tokens: 500, output_tokens: 50 } },
  ]);
  const budget = { name: "Spend of a month", scope: "project", target: null, unit: "dollars", amount: 5_000_000_000, window: "month" };
  await floor.post("/api/budgets", { ...budget, thresholds: [50, 80, 100], action: "notify" });
  await floor.makeKey("Night shift");
  await standAsKept([
    {
      name: "costs",
      path: "/costs?range=6h&group=model",
      ready: async (page) => expect(page.getByRole("region", { name: "By model" })).toContainText("house-1"),
    },
    {
      name: "settings",
      path: "/settings",
      ready: async (page) => {
        await expect(page.getByText("Night shift")).toBeVisible();
        await expect(page.getByRole("table", { name: "Browsers" })).toBeVisible();
      },
    },
    {
      name: "prices",
      path: "/settings/prices",
      ready: async (page) => expect(page.getByRole("table", { name: "Prices by model" })).toContainText("house-1"),
    },
  ]);
  await context.close();
});
