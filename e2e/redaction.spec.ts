import { expect, type Page, test } from "./fixtures";
import type { Floor } from "./support/floor";
import { holdRequests } from "./support/hold-requests";
import { openAwake } from "./support/open-awake";
import { violationsOf } from "./support/violations";

const policy = { credentials: true, emails: false, cards: false, fields: [], patterns: [] };

test("what a person chooses to redact is gone from the next event on, and a pattern is tried before it holds", async ({
  page,
  floor,
  word,
}) => {
  await openAwake(page, "/settings#redaction");
  const section = page.getByRole("region", { name: "Redaction" });
  await expect(section.getByRole("checkbox", { name: "Credentials" })).toBeChecked();
  await expect(section.getByText("2 values are redacted.")).toBeVisible();

  const emails = section.getByRole("checkbox", { name: "E-mail addresses" });
  // The network of a phone: what is done before the last change has arrived counts as well.
  const release = await holdRequests(page, "**/api/redaction");
  // A press counts at once, also where the page is too busy for its timers.
  expect(await emails.evaluate(pressWithLateTimers)).toBe(true);
  await section.getByRole("textbox", { name: "Custom fields" }).fill("home_city");
  await page.keyboard.press("Enter");
  await expect(section.getByRole("list", { name: "Redacted fields" })).toHaveText("home_city");
  release();
  await expect.poll(async () => (await floor.get("/api/redaction")).json()).toMatchObject({ emails: true, fields: ["home_city"] });

  await section.getByRole("button", { name: "New pattern" }).click();
  const dialog = page.getByRole("dialog", { name: "New pattern" });
  await dialog.getByLabel("Name").fill("employee number");
  await dialog.getByLabel("Regular expression").fill("EMP-(\\d{6}");
  await expect(dialog.getByText(/^It is not a valid RE2 expression: missing closing \)/)).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Save pattern" })).toBeDisabled();
  await dialog.getByLabel("Regular expression").fill("EMP-\\d{6}");
  await dialog.getByLabel("Try it on").fill("Paid to EMP-104233 today");
  await expect(dialog.getByText(/^\[redacted it #[0-9a-f]{8}\]$/)).toBeVisible();
  expect(await violationsOf(page, { within: '[role="dialog"]' })).toEqual([]);
  await dialog.getByRole("button", { name: "Save pattern" }).click();
  await expect(section.getByRole("list", { name: "Redacted patterns" })).toContainText("employee number");

  await expect(section.getByText("Saved. Applies from the next event on.")).toBeVisible();

  const run = `redacted-${word}`;
  const payload = { tool: "mail", params: { to: "ann@example.com", home_city: "Lisbon", about: "EMP-104233", password: "tiger" } };
  await floor.sendLines([
    { workflow_id: run, type: "WORKFLOW_STARTED", seq: 1, payload: { query: "Write to ann@example.com" } },
    { workflow_id: run, type: "TOOL_INVOKED", seq: 2, agent_id: "a", payload },
  ] as never);
  const { id } = await floor.run(run);
  await openAwake(page, `/runs/${id}?view=events`);
  await expect(page.getByText(/Write to \[redacted e-mail #[0-9a-f]{8}\]/).first()).toBeVisible();
  const stored = await page.content();
  const secrets = ["ann@example.com", "Lisbon", "EMP-104233", "tiger"];
  expect(secrets.filter((secret) => stored.includes(secret))).toEqual([]);

  await asFound(page, floor);
});

/** The projects of other journeys are this one: it is left as it was found. */
async function asFound(page: Page, floor: Floor): Promise<void> {
  const put = await page.context().request.put("/api/redaction", { data: policy, headers: { origin: floor.url } });
  expect(put.status()).toBe(200);
}

test("a field and a pattern that could not be stored are there to be sent again", async ({ page, floor }) => {
  await openAwake(page, "/settings#redaction");
  const section = page.getByRole("region", { name: "Redaction" });
  const field = section.getByRole("textbox", { name: "Custom fields" });
  await expect(section.getByRole("checkbox", { name: "Credentials" })).toBeChecked();
  const release = await holdRequests(page, "**/api/redaction", "abort");
  await field.fill("home_city");
  await field.press("Enter");
  await expect(section.getByRole("list", { name: "Redacted fields" })).toHaveText("home_city");
  release();
  await expect(section.getByRole("alert")).toContainText("The change could not be saved.");
  await expect(field).toHaveValue("home_city");

  await section.getByRole("button", { name: "New pattern" }).click();
  const dialog = page.getByRole("dialog", { name: "New pattern" });
  await dialog.getByLabel("Name").fill("employee number");
  await dialog.getByLabel("Regular expression").fill("EMP-[0-9]+");
  await dialog.getByRole("button", { name: "Save pattern" }).click();
  await expect(dialog.getByRole("alert")).toContainText("The pattern could not be saved.");
  await expect(dialog.getByLabel("Regular expression")).toHaveValue("EMP-[0-9]+");
  await page.unroute("**/api/redaction");
  await dialog.getByRole("button", { name: "Save pattern" }).click();
  await expect(dialog).toHaveCount(0);
  await field.press("Enter");
  const stored = { fields: ["home_city"], patterns: [{ name: "employee number" }] };
  await expect.poll(async () => (await floor.get("/api/redaction")).json()).toMatchObject(stored);
  await asFound(page, floor);
});

test("what one tab changes keeps what another one has changed since it was read there", async ({ page, context, floor }) => {
  const tabs = [page, await context.newPage()];
  for (const tab of tabs) {
    await openAwake(tab, "/settings#redaction");
    await expect(tab.getByRole("checkbox", { name: "Credentials" })).toBeChecked();
    await expect(tab.getByLabel("When a deadline passes")).toHaveValue("expire");
  }
  const saved = (tab: Page) => expect(tab.getByText("Saved. Applies from the next event on.")).toBeVisible();
  const [here, there] = tabs as [Page, Page];
  await here.getByRole("textbox", { name: "Custom fields" }).fill("home_city");
  await here.keyboard.press("Enter");
  await saved(here);
  await there.getByRole("checkbox", { name: "E-mail addresses" }).click();
  await saved(there);
  await expect(there.getByRole("list", { name: "Redacted fields" })).toHaveText("home_city");
  expect(await (await floor.get("/api/redaction")).json()).toMatchObject({ emails: true, fields: ["home_city"] });

  const known = await (await floor.get("/api/approval-policy")).json();
  await here.getByLabel("When a deadline passes").selectOption("deny");
  await expect.poll(async () => (await floor.get("/api/approval-policy")).json()).toMatchObject({ onDeadline: "deny" });
  await there.getByLabel("Default deadline").selectOption("604800");
  const both = { onDeadline: "deny", deadlineSeconds: 604_800 };
  await expect.poll(async () => (await floor.get("/api/approval-policy")).json()).toMatchObject(both);
  await page.context().request.put("/api/approval-policy", { data: known, headers: { origin: floor.url } });
  await asFound(page, floor);
});

/** Presses a box; answers whether it is ticked two frames later, while every timer comes half a second late. */
async function pressWithLateTimers(box: HTMLElement): Promise<boolean> {
  const soon = window.setTimeout;
  const late = (callback: () => void, ms = 0) => soon(callback, ms + 500);
  window.setTimeout = late as typeof soon;
  box.click();
  for (const _ of [1, 2]) await new Promise((resolve) => requestAnimationFrame(resolve));
  window.setTimeout = soon;
  return (box as HTMLInputElement).checked;
}
