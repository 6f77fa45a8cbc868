import { expect, type Locator, test } from "./fixtures";
import { ApprovalsPage } from "./pages/approvals-page";
import { AskingAgent } from "./support/asking-agent";
import { openAwake, untilAwake } from "./support/open-awake";
import { violationsOf } from "./support/violations";

test("the second press of a double click leaves a secret that is shown once on the page", async ({ page, floor, word }) => {
  await openAwake(page, "/settings");
  const twice = async (button: Locator, shown: Locator) => {
    // It is there, and moves no more.
    await button.hover();
    const place = await button.boundingBox();
    const [x, y] = [(place?.x ?? 0) + 10, (place?.y ?? 0) + 10];
    await page.mouse.click(x, y);
    await expect(shown).toBeVisible();
    await page.mouse.click(x, y, { clickCount: 2 });
    await shown.getByRole("button", { name: "Done" }).click();
    await expect(shown).toHaveCount(0);
  };
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "New key" }).click();
  await dialog.getByLabel("Name").fill(`Twice ${word}`);
  await twice(dialog.getByRole("button", { name: "Create key" }), page.getByRole("dialog", { name: "Copy the key now" }));
  await page.getByRole("button", { name: "Invite member" }).click();
  await dialog.getByLabel("Name").fill(`Ida ${word}`);
  await twice(dialog.getByRole("button", { name: "Create link" }), page.getByRole("dialog", { name: "Copy the link now" }));
  await twice(
    page.getByRole("button", { name: `New link for Ida ${word}` }),
    page.getByRole("dialog", { name: `New link for Ida ${word}` }),
  );
  const { members } = (await (await floor.get("/api/members")).json()) as { members: { id: string; name: string }[] };
  const made = members.find(({ name }) => name === `Ida ${word}`);
  await page.context().request.delete(`/api/members/${made?.id}`, { headers: { origin: floor.url } });
});

test("an operator comes in by a link, decides by name, becomes a viewer and is removed, each at once", async ({
  page,
  browser,
  floor,
  word,
}) => {
  const name = `Olga ${word}`;
  const agent = new AskingAgent(floor, `members-${word}`);
  await agent.start(`Clean up ${word}`);
  const ask = (tool: string) => agent.ask({ kind: "tool", tool: `${tool}_${word}`, arguments: { path: "/tmp/a" } });
  const first = await ask("first");

  await openAwake(page, "/settings");
  await page.getByRole("button", { name: "Invite member" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("combobox", { name: "Role" }).selectOption("operator");
  await dialog.getByRole("button", { name: "Create link" }).click();
  await expect(dialog.getByRole("button", { name: "Copy link" })).toBeVisible();
  expect(await violationsOf(page, { within: '[role="dialog"]' })).toEqual([]);
  const link = await dialog.locator("code").innerText();
  await dialog.getByRole("button", { name: "Done" }).click();
  const row = page.getByRole("table", { name: "Members" }).getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("never signed in");

  const context = await browser.newContext();
  const theirs = await context.newPage();
  await theirs.goto(link);
  await expect(theirs.getByRole("navigation", { name: "Main" }).getByRole("link", { name: `Signed in as ${name}` })).toContainText(
    "operator",
  );
  const inbox = new ApprovalsPage(theirs);
  await inbox.open();
  await untilAwake(theirs);
  await inbox.choose(`first_${word}`);
  await inbox.button("Approve").click();
  await expect(inbox.outcome).toContainText(`by ${name}`);
  expect((await agent.hear(first)).decision).toMatchObject({ decision: "approve", by: name });
  const ours = new ApprovalsPage(page);
  await ours.open(`?id=${first.id}`);
  await expect(ours.outcome).toContainText(`by ${name}`);

  // Their page was drawn for an operator: the server refuses, and from then on it says why instead of offering.
  const second = await ask("second");
  await inbox.open(`?id=${second.id}`);
  await expect(inbox.button("Approve")).toBeEnabled();
  await openAwake(page, "/settings");
  await page.getByRole("combobox", { name: `Role of ${name}` }).selectOption("viewer");
  await expect(page.getByText(`${name} is now a viewer.`)).toBeVisible();
  await inbox.button("Approve").click();
  const refusal = "You are a viewer here; only operators and admins can decide requests and acknowledge alerts.";
  await expect(inbox.request.getByRole("alert")).toContainText(refusal);
  await expect(inbox.button("Approve")).toHaveCount(0);
  expect((await agent.read(second)).status).toBe("pending");
  await inbox.open(`?id=${second.id}`);
  await expect(inbox.request.getByRole("status").filter({ hasText: refusal })).toBeVisible();
  await openAwake(theirs, "/settings");
  await expect(theirs.getByRole("region", { name: "For admins" })).toContainText("You are a viewer here; only admins can do this.");
  await expect(theirs.getByRole("region", { name: "API keys" })).toHaveCount(0);
  await theirs.getByRole("button", { name: "Invite member" }).press("Enter");
  await expect(theirs.getByRole("status").filter({ hasText: "You are a viewer here; only admins can do this." }).last()).toBeVisible();
  await expect(theirs.getByRole("dialog")).toHaveCount(0);

  // Another name takes its place, and Escape leaves it.
  const rename = page.getByRole("button", { name: `Rename ${name}` });
  await rename.click();
  await page.keyboard.type("Nobody");
  await page.keyboard.press("Escape");
  await expect(rename).toBeFocused();
  await rename.press("Enter");
  await page.keyboard.type(`Olga B ${word}`);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: `Rename Olga B ${word}` })).toBeFocused();
  await openAwake(theirs, "/settings");
  await expect(theirs.getByRole("navigation", { name: "Main" })).toContainText(`Olga B ${word}`);

  await page.getByRole("button", { name: `Remove Olga B ${word}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove member" }).click();
  await expect(page.getByText(`Olga B ${word} is no longer a member.`)).toBeVisible();
  await expect(theirs).toHaveURL(/\/signed-out/);
  await expect(theirs.getByRole("heading", { name: "This browser is no longer signed in" })).toBeVisible();
  await context.close();
});
