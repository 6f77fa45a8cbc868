import { expect, test } from "./fixtures";
import { later } from "./flows/flow";
import { holdRequests } from "./support/hold-requests";
import { openAwake } from "./support/open-awake";
import { violationsOf } from "./support/violations";

/** As many as come at once. */
const pageSize = 50;

type Turn = { readonly run: string; readonly session: string; readonly name: string; readonly at: Date };

const event = ({ run, at }: Turn, ms: number, type: string, payload: object) => ({
  ...{ workflow_id: run, type, agent_id: "writer", timestamp: later(at, ms), payload },
});
const begun = (turn: Turn) => event(turn, 0, "WORKFLOW_STARTED", { query: turn.name, session_id: turn.session });
const spent = (turn: Turn) => event(turn, 500, "LLM_OUTPUT", { model: "gpt-5", input_tokens: 90, output_tokens: 10, cost_usd: 0.25 });
const ended = (turn: Turn, type = "WORKFLOW_COMPLETED") => event(turn, 2_000, type, {});

test("a session gathers its runs in order with what they took together, live, from the list, the run and a link", async ({
  page,
  floor,
  word,
}) => {
  const session = `chat/${word} 1`;
  const turn = (n: number): Turn => ({
    run: `turn-${n}-${word}`,
    session,
    name: `Turn ${n} ${word}`,
    at: new Date(Date.now() - 60_000 + n * 10_000),
  });
  const [one, two, three] = [turn(1), turn(2), turn(3)];
  await floor.sendLines([begun(two), spent(two), ended(two, "WORKFLOW_FAILED"), begun(one), spent(one), ended(one)] as never);

  await openAwake(page, "/runs");
  await page.keyboard.press("g");
  await page.keyboard.press("e");
  const list = page.getByRole("table", { name: "Sessions" });
  const row = list.getByRole("row").filter({ hasText: session });
  await expect(row).toContainText("$0.5000");
  await expect(row).toContainText("failed");

  // A session that begins while one reads pushes nothing.
  const other = { ...turn(4), session: `other-${word}` };
  await floor.sendLines([begun(other)] as never);
  const pill = page.getByRole("button", { name: /^\d+ new sessions?$/ });
  await expect(pill).toBeVisible();
  await expect(list.getByRole("row").filter({ hasText: other.session })).toHaveCount(0);
  await pill.click();
  await expect(list.getByRole("row").filter({ hasText: other.session })).toBeVisible();

  // The newest is the first that j leads to.
  await page.keyboard.press("j");
  await expect(list.getByRole("row").filter({ hasText: other.session }).getByRole("link")).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await expect(list.getByRole("row").filter({ hasText: other.session }).getByRole("link")).toBeFocused();

  await row.getByRole("link").click();
  const runs = page.getByRole("table", { name: "Runs of this session" });
  await expect(runs.getByRole("row").getByRole("link")).toHaveText([one.name, two.name]);
  await page.keyboard.press("j");
  await expect(runs.getByRole("link", { name: one.name })).toBeFocused();
  await floor.sendLines([begun(three), spent(three)] as never);
  await expect(runs.getByRole("row").getByRole("link")).toHaveText([one.name, two.name, three.name]);
  const total = (label: string) => page.locator("dl > div").filter({ hasText: label }).locator("dd");
  await expect(total("Cost")).toHaveText("$0.7500");
  await expect(total("Tokens")).toHaveText("300");
  await expect(total("Run time")).toHaveText("4.0 s");
  await floor.sendLines([ended(three)] as never);
  await expect(total("Run time")).toHaveText("6.0 s");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violationsOf(page)).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(runs.getByRole("link", { name: one.name })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  // High enough for a finger, and what the row is about is read there too.
  await page.getByRole("link", { name: "All sessions" }).click();
  await expect(row).toContainText(three.name);
  expect((await row.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await row.getByRole("link").click();
  await page.setViewportSize({ width: 1440, height: 900 });

  await runs.getByRole("link", { name: one.name }).click();
  await page.getByRole("button", { name: "Run details" }).click();
  await page.getByRole("link", { name: "All its runs" }).click();
  await expect(runs.getByRole("row")).toHaveCount(4);
  await page.goto("/sessions/nobody%20knows");
  await expect(page.getByText("No session has this id")).toBeVisible();
  await expect(page.getByText("nobody knows", { exact: true })).toBeVisible();

  // A page that cannot be drawn takes nothing else away, and is read anew when one asks.
  await page.route(/\/api\/sessions\?/, (route) => route.fulfill({ json: { sessions: [{}], nextCursor: null } }));
  await page.goto("/sessions");
  const failed = page.getByRole("alert").filter({ hasText: "This page could not be displayed" });
  await expect(failed).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  await page.unroute(/\/api\/sessions\?/);
  await failed.getByRole("button", { name: "Try again" }).click();
  await expect(row).toBeVisible();

  // What leads nowhere at all says what was sought, too, and one goes on from there.
  expect((await page.goto("/some/old/<b>address"))?.status()).toBe(404);
  await expect(page.getByText("/some/old/<b>address")).toBeVisible();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Costs" }).click();
  await expect(page.getByRole("heading", { name: "Costs", level: 1 })).toBeVisible();
});

test("more of the list is read behind the reading that news began: neither is lost", async ({ page, floor, word }) => {
  const turn = (n: number): Turn => ({
    ...{ run: `more-${n}-${word}`, session: `more-${n}-${word}`, name: `More ${n}` },
    at: new Date(Date.now() - 60_000),
  });
  await floor.sendLines(Array.from({ length: pageSize + 5 }, (_, n) => begun(turn(n))) as never);
  await openAwake(page, "/sessions");
  const list = page.getByRole("table", { name: "Sessions" });
  await expect(list.getByRole("row")).toHaveCount(pageSize + 1);
  const release = await holdRequests(page, "**/api/sessions?*");
  const again = page.waitForRequest("**/api/sessions?*");
  await floor.sendLines([begun(turn(1_000))] as never);
  await again;
  await page.getByRole("button", { name: "Load more" }).click();
  release();
  await expect(page.getByRole("button", { name: "1 new session" })).toBeVisible();
  await expect.poll(() => list.getByRole("row").count()).toBeGreaterThan(pageSize + 1);
});
