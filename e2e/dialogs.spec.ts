import { expect, test } from "./fixtures";
import { holdRequests } from "./support/hold-requests";
import { openAwake } from "./support/open-awake";

test("a key that is being made is shown once it is: the dialog cannot be left before that", async ({ page, word }) => {
  await openAwake(page, "/settings");
  await page.getByRole("button", { name: "New key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(`made ${word}`);
  const release = await holdRequests(page, "**/api/keys");
  const asked = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/api/keys"));
  await dialog.getByRole("button", { name: "Create key" }).click();
  await asked;
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeDisabled();
  await expect(dialog.getByRole("button", { name: "Close" })).toBeDisabled();
  await page.keyboard.press("Escape");
  await page.mouse.click(5, 450);
  await expect(dialog).toHaveAccessibleName("New API key");
  release();
  await expect(dialog).toHaveAccessibleName("Copy the key now");
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toHaveCount(0);
});

test("what is being removed is kept no more: the dialog stays until it is told", async ({ page, floor, word }) => {
  await floor.makeKey(`gone ${word}`);
  await openAwake(page, "/settings");
  await page
    .getByRole("row")
    .filter({ hasText: `gone ${word}` })
    .getByRole("button", { name: /^Revoke/ })
    .click();
  const dialog = page.getByRole("dialog");
  const release = await holdRequests(page, /\/api\/keys\//);
  await dialog.getByRole("button", { name: "Revoke key" }).click();
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeDisabled();
  release();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(`Key gone ${word} revoked.`)).toBeVisible();
});

test("a key that is held down on a button presses it once", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const check = page.getByRole("button", { name: "Verify log" });
  await openAwake(page, "/settings/audit");
  await check.focus();
  await page.keyboard.down("Enter");
  for (let repeat = 0; repeat < 5; repeat += 1) {
    await page.keyboard.down("Enter");
    await expect(check).toBeEnabled();
  }
  await page.keyboard.up("Enter");
  expect(asked.filter((path) => path === "/api/audit/verify")).toHaveLength(1);
});

test("what cannot be sent as the browser is offline is told so at once, and the dialog can be left", async ({
  page,
  context,
  floor,
  word,
}) => {
  await floor.makeKey(`offline ${word}`);
  await openAwake(page, "/settings");
  await page
    .getByRole("row")
    .filter({ hasText: `offline ${word}` })
    .getByRole("button", { name: /^Revoke/ })
    .click();
  const dialog = page.getByRole("dialog");
  await context.setOffline(true);
  await dialog.getByRole("button", { name: "Revoke key" }).click();
  await expect(dialog.getByRole("alert")).toContainText("The key could not be revoked.");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toHaveCount(0);
  await context.setOffline(false);
  await expect(page.getByRole("row").filter({ hasText: `offline ${word}` })).toBeVisible();
});
