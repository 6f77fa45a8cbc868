import { firstLoadBytes } from "../test/first-load";
import { expect, test } from "./fixtures";
import { shannonFlow } from "./flows/shannon";
import { ApprovalsPage } from "./pages/approvals-page";
import { RunsPage } from "./pages/runs-page";
import { AskingAgent } from "./support/asking-agent";
import { holdRequests } from "./support/hold-requests";

const mostBytes = 200_000;

test("the list of runs works after 200 kB of script; the rest is loaded when the page is idle, before somebody opens it", async ({
  page,
  context,
}) => {
  const html = await (await context.request.get("/runs")).text();
  const bytes = await firstLoadBytes(html, async (path) => (await context.request.get(path)).body());
  expect(bytes).toBeLessThanOrEqual(mostBytes);

  await new RunsPage(page).open();
  await expect(page.getByRole("button", { name: "Views" })).toBeEnabled();
  // Idle callbacks come in the order in which they were asked for: the page's own have been before this one.
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  await expect.poll(() => page.evaluate(scriptsOnTheirWay)).toBe(0);
  await context.setOffline(true);
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Views" }).click();
  await expect(page.getByLabel("View name")).toBeVisible();
});

test("what cannot be loaded when it is opened is said, and takes nothing else away; it is loaded once the network is back", async ({
  page,
  context,
}) => {
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  await new RunsPage(page).open();
  const views = page.getByRole("button", { name: "Views" });
  await expect(views).toBeEnabled();
  await expect.poll(() => page.evaluate(scriptsOnTheirWay)).toBe(0);
  await context.setOffline(true);
  await views.click();
  await expect(page.getByRole("status").filter({ hasText: "This part of the page could not be loaded." })).toHaveCount(1);
  await expect(page.getByRole("heading", { name: "Runs", level: 1 })).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByLabel("View name")).toBeVisible();
});

test("what is typed right behind Ctrl+K goes into the palette, however late that is loaded, and to nothing else", async ({
  page,
  floor,
  word,
}) => {
  const agent = new AskingAgent(floor, `ahead-${word}`);
  await agent.start(`Ahead ${word}`);
  const approval = await agent.ask({ kind: "tool", tool: `drop_${word}`, arguments: {} });
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  const inbox = new ApprovalsPage(page);
  await inbox.open(`?id=${approval.id}`);
  await expect(inbox.button("Approve")).toBeEnabled();
  await expect.poll(() => page.evaluate(scriptsOnTheirWay)).toBe(0);
  const release = await holdRequests(page, /\/_next\/static\/.*\.js/);
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("alerts");
  await expect(page.getByRole("textbox", { name: "Command palette" })).toHaveValue("alerts");
  release();
  const palette = page.getByRole("dialog", { name: "Command palette" });
  await expect(palette.getByRole("combobox")).toHaveValue("alerts");
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(palette).toHaveCount(0);
  // It is as undecided as it was: the key that denies still opens its form.
  await page.keyboard.press("d");
  await expect(inbox.button("Not needed")).toBeVisible();
  expect(await agent.read(approval)).toMatchObject({ status: "pending" });
});

test("no button that the server drew can be pressed before the page hears it", async ({ context, floor, word }) => {
  const flow = shannonFlow({ run: `drawn-${word}`, at: new Date() });
  const run = await floor.send("shannon", flow.run, [...flow.first, ...(flow.question ? [flow.question.ask] : [])]);
  const views = ["timeline", "transcript", "team", "events", "cost", "artifacts"].map((view) => `/runs/${run}?view=${view}`);
  const pages = ["/runs", "/approvals", "/costs", "/alerts", "/sessions", "/inspect", "/welcome", "/settings", `/runs/compare?a=${run}`];
  for (const path of [...pages, ...views]) {
    const html = await (await context.request.get(path)).text();
    const drawn = html.match(/<button\b[^>]*>/g) ?? [];
    expect(drawn.length, path).toBeGreaterThan(0);
    expect(
      drawn.filter((button) => !/\sdisabled\b/.test(button)),
      path,
    ).toEqual([]);
  }
});

function scriptsOnTheirWay(): number {
  return [...document.scripts].filter(({ src, noModule }) => src !== "" && !noModule && performance.getEntriesByName(src).length === 0)
    .length;
}
