import type { AlertList } from "@/lib/core/alerts/alert";
import type { JsonObject } from "@/lib/core/json";
import { type Receiver, startReceiver } from "../test/receiver";
import { expect, type Locator, type Page, test } from "./fixtures";
import { holdRequests } from "./support/hold-requests";
import { openAwake } from "./support/open-awake";

let receiver: Receiver;
test.beforeAll(async () => {
  receiver = await startReceiver();
});
test.afterAll(() => receiver.stop());

type Told = { readonly run: string; readonly agent: string; readonly at: Date };

const event = ({ run, agent, at }: Told, seq: number, type: string, payload: JsonObject): JsonObject => ({
  ...{ workflow_id: run, type, seq, agent_id: agent, timestamp: at.toISOString(), payload },
});
const failing = (told: Told) => [
  event(told, 1, "WORKFLOW_STARTED", { query: `Close the books ${told.run}` }),
  event(told, 2, "WORKFLOW_FAILED", { error: "LEDGER_LOCKED", error_message: "The ledger is locked" }),
];
const navigation = (page: Page) => page.getByRole("navigation", { name: "Main" }).first();

test("from a rule made with its look back to an alert that fires live, is acknowledged, muted and delivered", async ({
  page,
  floor,
  word,
}) => {
  const agent = `closer-${word}`;
  await floor.sendLines(failing({ run: `past-${word}`, agent, at: new Date(Date.now() - 86_400_000) }));
  await openAwake(page, "/alerts");
  await expect(page.getByRole("region", { name: "Suggested rules" }).getByRole("button", { name: "Add all five" })).toBeVisible();

  await page.keyboard.press("4");
  await page.getByRole("button", { name: "New channel" }).click();
  const making = page.getByRole("dialog", { name: "New channel" });
  await making.getByLabel("Type").selectOption("webhook");
  await making.getByLabel("Name").fill(`Pager ${word}`);
  await making.getByLabel("URL").fill("http://169.254.169.254/");
  await making.getByRole("button", { name: "Create channel" }).click();
  await expect(making.getByRole("alert")).toContainText("never sends to");
  await making.getByLabel("URL").fill(`${receiver.url}/${word}`);
  await making.getByRole("button", { name: "Create channel" }).click();
  await page.getByRole("dialog", { name: "Copy the secret now" }).getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: `Send a test to Pager ${word}` }).click();
  await expect(page.getByRole("status").filter({ hasText: `The test reached Pager ${word}.` })).toHaveCount(1);
  // F6 goes to the messages, Escape closes the newest.
  await page.keyboard.press("F6");
  await expect(page.getByRole("region", { name: "Messages" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByText(`The test reached Pager ${word}.`)).toHaveCount(0);

  await page.getByRole("tab", { name: "Rules" }).click();
  await page.getByRole("button", { name: "New rule" }).click();
  const form = page.getByRole("dialog", { name: "New rule" });
  // What it would have told of is known before it has a name.
  await expect(form.getByRole("region", { name: "Look back" })).toContainText("in the last 7 days");
  await expect(form.getByRole("button", { name: "Create rule" })).toBeEnabled();
  await form.getByLabel("Name", { exact: true }).fill(`Books ${word}`);
  await form.getByLabel("Warning at (failed runs)").fill("");
  await form.getByLabel("Alert at (failed runs)").fill("1");
  await form.getByRole("textbox", { name: "Agent" }).fill(agent);
  await expect(form.getByRole("region", { name: "Look back" })).toContainText("It would have fired once in the last 7 days.");
  await form.getByLabel("Alert at (failed runs)").fill("2");
  await expect(form.getByRole("region", { name: "Look back" })).toContainText("It would not have fired");
  await form.getByLabel("Alert at (failed runs)").fill("1");
  await form.getByLabel(`Pager ${word}`).check();
  await form.getByRole("button", { name: "Create rule" }).click();
  await expect(page.getByRole("list", { name: "Rules" })).toContainText(`Books ${word}`);

  await openAwake(page, "/alerts");
  await expect(page.getByText("No active alerts")).toBeVisible();
  const run = `now-${word}`;
  await floor.sendLines(failing({ run, agent, at: new Date() }));
  await expect(page.getByRole("status").filter({ hasText: `Firing: Books ${word}` })).toHaveCount(1);
  const row = page
    .getByRole("list", { name: "Active alerts" })
    .getByRole("listitem")
    .filter({ hasText: `Books ${word}` });
  await expect(row).toContainText("1 failed run in 15 minutes, threshold 1");
  await expect(row).toContainText(`Close the books ${run}`);
  // What the page shows by itself is read out, and no message covers it.
  await expect(page.getByRole("region", { name: "Messages" }).getByRole("button")).toHaveCount(0);
  await expect(navigation(page).getByRole("link", { name: /^Alerts 1 firing/ })).toBeVisible();
  await expect(page).toHaveTitle(/^\(\d+\) Alerts/);
  const [sent] = await receiver.until(1, (one) => one.path === `/${word}` && one.json.type === "alert.fired");
  expect(sent?.json.data).toMatchObject({ rule: `Books ${word}`, level: "alert", value: 1 });

  await page.keyboard.press("j");
  await expect(row.getByRole("button", { name: `Books ${word}` }).first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/alert=/);
  const sheet = page.getByRole("dialog", { name: `Books ${word}` });
  await sheet.getByLabel("Note").fill("The ledger team looks");
  await sheet.getByRole("button", { name: "Acknowledge" }).click();
  await expect(sheet.getByText("local owner acknowledged it")).toContainText("The ledger team looks");
  const open = sheet.getByRole("link", { name: "Open run" });
  const place = await open.boundingBox();
  await sheet.getByRole("button", { name: "Mute for 1 h" }).click();
  await expect(sheet.getByText("Muted", { exact: true }).first()).toBeVisible();
  await expect(sheet.getByRole("region", { name: "History" }).getByRole("listitem")).toHaveCount(3);
  // What comes and goes with an act does not move what is clicked next.
  expect(await open.boundingBox()).toEqual(place);
  await sheet.getByRole("button", { name: "Unmute" }).click();
  await open.click();
  await expect(page.getByRole("heading", { name: `Close the books ${run}` })).toBeVisible();

  // What is open over a page is one step of the history, and closing it goes back by it.
  await page.goto("/runs");
  await navigation(page).getByRole("link", { name: "Alerts", exact: true }).click();
  const opened = page.getByRole("dialog");
  await row
    .getByRole("button", { name: `Books ${word}` })
    .first()
    .click();
  await expect(opened).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(opened).toHaveCount(0);
  await page.goBack();
  await expect(page).toHaveURL(/\/runs$/);

  // Somebody has it: it counts no more.
  await expect(navigation(page).getByRole("link", { name: "Alerts", exact: true })).toBeVisible();

  await page.goto("/alerts?tab=channels");
  await page.getByRole("button", { name: `Log of Pager ${word}` }).click();
  const log = page.getByRole("list", { name: "Deliveries" }).getByRole("listitem");
  await expect(log.filter({ hasText: "alert.fired" })).toContainText("Delivered");

  // It takes its log and its place in rules along: it goes when somebody has said so twice.
  await page.keyboard.press("Escape");
  const channel = page
    .getByRole("list", { name: "Channels" })
    .getByRole("listitem")
    .filter({ hasText: `Pager ${word}` });
  await channel.getByRole("button", { name: `Delete Pager ${word}` }).click();
  const asked = page.getByRole("dialog", { name: `Delete "Pager ${word}"?` });
  await asked.getByRole("button", { name: "Cancel" }).click();
  await expect(channel).toBeVisible();
  await channel.getByRole("button", { name: `Delete Pager ${word}` }).click();
  await asked.getByRole("button", { name: "Delete channel" }).click();
  await expect(channel).toHaveCount(0);
});

test("alerts are taken on their rows, one, or many at once by keyboard alone", async ({ page, floor, word }) => {
  const agents = ["one", "two", "three", "four"].map((name) => `${name}-${word}`);
  for (const agent of agents)
    await floor.post("/api/alerts/rules", { name: `Rows ${agent}`, kind: "run-failed", alert: 1, filter: { agent } });
  for (const agent of agents) await floor.sendLines(failing({ run: `rows-${agent}`, agent, at: new Date() }));
  await openAwake(page, "/alerts");
  const row = (agent: string) =>
    page
      .getByRole("list", { name: "Active alerts" })
      .getByRole("listitem")
      .filter({ hasText: `Rows ${agent}` });
  for (const agent of agents) await expect(row(agent)).toBeVisible();
  const [one, two, three, four] = agents as [string, string, string, string];

  await row(one)
    .getByRole("button", { name: `Acknowledge Rows ${one}` })
    .click();
  await expect(row(one)).toContainText("local owner has it");
  await expect(row(one).getByRole("button", { name: /^Rows/ })).toBeFocused();
  await expect(row(one).getByRole("checkbox")).toHaveCount(0);

  const bar = page.getByRole("region", { name: "Selected alerts" });
  await row(two).getByRole("button", { name: /^Rows/ }).focus();
  await page.keyboard.press("x");
  await row(three).getByRole("button", { name: /^Rows/ }).focus();
  await page.keyboard.press("x");
  await expect(bar.getByRole("status")).toHaveText("2 selected");
  // Somebody else is faster with one of them: it is selected no more.
  const { alerts } = (await (await floor.get("/api/alerts")).json()) as AlertList;
  await floor.post(`/api/alerts/${alerts.find(({ rule }) => rule.name === `Rows ${three}`)?.id}/acknowledge`, {});
  await expect(bar.getByRole("status")).toHaveText("1 selected");
  await row(four).getByRole("button", { name: /^Rows/ }).focus();
  await page.keyboard.press("x");
  await page.keyboard.press("a");
  await expect(page.getByRole("status").filter({ hasText: "2 alerts acknowledged." })).toHaveCount(1);
  await expect(bar).toHaveCount(0);
  for (const agent of agents) await expect(row(agent)).toContainText("has it");
});

test("alerts are taken one right behind the other however slow the answers are, and these move neither ticks nor the keyboard", async ({
  page,
  floor,
  word,
}) => {
  const agents = ["one", "two", "three"].map((name) => `${name}-${word}`);
  for (const agent of agents)
    await floor.post("/api/alerts/rules", { name: `Quick ${agent}`, kind: "run-failed", alert: 1, filter: { agent } });
  for (const agent of agents) await floor.sendLines(failing({ run: `quick-${agent}`, agent, at: new Date() }));
  await openAwake(page, "/alerts");
  const row = (name: string) =>
    page
      .getByRole("list", { name: "Active alerts" })
      .getByRole("listitem")
      .filter({ hasText: `Quick ${name}-${word}` });
  const opener = (name: string) => row(name).getByRole("button", { name: /^Quick/ });
  for (const name of ["one", "two", "three"]) await expect(row(name)).toBeVisible();

  const release = await holdRequests(page, "**/api/alerts/acknowledge");
  for (const name of ["one", "two"]) {
    await opener(name).focus();
    await page.keyboard.press("a");
    await expect(row(name).getByRole("button", { name: /^Acknowledge/ })).toBeDisabled();
  }
  await opener("three").focus();
  await page.keyboard.press("x");
  release();
  for (const name of ["one", "two"]) await expect(row(name)).toContainText("local owner has it");
  await expect(opener("three")).toBeFocused();
  await expect(row("three").getByRole("checkbox")).toBeChecked();
  await page.keyboard.press("a");
  await expect(row("three")).toContainText("local owner has it");
});

test("the second press of a double click does not undo what the first did, however quick its answer is", async ({ page, floor, word }) => {
  await floor.post("/api/alerts/rules", { name: `Twice ${word}`, kind: "run-failed", alert: 1, filter: { agent: word } });
  await openAwake(page, "/alerts?tab=rules");
  const rule = page
    .getByRole("list", { name: "Rules" })
    .getByRole("listitem")
    .filter({ hasText: `Twice ${word}` });
  const [off, on] = ["off", "on"].map((way) => rule.getByRole("button", { name: `Switch ${way} Twice ${word}` })) as [Locator, Locator];
  const sent: string[] = [];
  page.on("request", (request) => request.method() === "PATCH" && sent.push(request.url()));
  await off.hover();
  const place = await off.boundingBox();
  await page.mouse.click((place?.x ?? 0) + 10, (place?.y ?? 0) + 10);
  await expect(on).toBeEnabled();
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
  await on.click();
  await expect(off).toBeEnabled();
  expect(sent).toHaveLength(2);
});

test("a browser notifies once for all its tabs, of a human who is asked and of an alert, and hears of the recovery", async ({
  context,
  floor,
  word,
}) => {
  // The browser's own notifications cannot be looked at from here: what is handed to it is.
  await context.addInitScript(() => {
    const shown: string[] = [];
    const stand = Object.assign(
      function Notification(title: string) {
        shown.push(title);
        return new EventTarget();
      },
      { permission: "granted", shown },
    );
    Object.assign(globalThis, { Notification: stand });
  });
  const agent = `asker-${word}`;
  const rule = { name: `Waits ${word}`, kind: "waiting", alert: 0.01, recoverSeconds: 0, filter: { agent } };
  await floor.post("/api/alerts/rules", rule);
  const tabs = [await context.newPage(), await context.newPage()];
  for (const tab of tabs) {
    await tab.goto("/alerts");
    await expect(tab.getByText("Live", { exact: true }).first()).toBeVisible();
  }
  const told = { run: `ask-${word}`, agent, at: new Date() };
  await floor.sendLines([event(told, 1, "WORKFLOW_STARTED", { query: `Ask ${word}` })]);
  const asked = await floor.post<{ id: string; actionHash: string }>("/api/approvals", {
    ...{ run: told.run, kind: "confirmation", question: "Go on?", expiresInSeconds: 600 },
  });
  for (const tab of tabs) await expect(tab.getByRole("list", { name: "Active alerts" })).toContainText(`Waits ${word}`);
  await floor.post(`/api/approvals/${asked.id}/decision`, { decision: "approve", actionHash: asked.actionHash });
  for (const tab of tabs) {
    await expect(tab.getByRole("status").filter({ hasText: `Recovered: Waits ${word}` })).toHaveCount(1);
    await expect(tab.getByText(`Waits ${word}`, { exact: true })).toHaveCount(0);
  }
  const shown = await Promise.all(
    tabs.map((tab) => tab.evaluate(() => (globalThis as unknown as { Notification: { shown: string[] } }).Notification.shown)),
  );
  expect(shown.flat().filter((title) => title.includes(word))).toEqual([`Firing: Waits ${word}`, `Recovered: Waits ${word}`]);
  expect(shown.flat().filter((title) => title === "Waiting for a human")).toHaveLength(1);

  const [page] = tabs as [Page, Page];
  await page.getByRole("tab", { name: "History" }).click();
  await expect(page.getByRole("list", { name: "Past alerts" })).toContainText(`Waits ${word}`);
});
