import { expect, test } from "./fixtures";
import { untilAwake } from "./support/open-awake";

test("what people do is told by the audit log, which can be checked", async ({ page, floor, word }) => {
  await floor.makeKey(`Night shift ${word}`);
  await page.goto("/settings");
  await untilAwake(page);
  await page.getByRole("link", { name: "Open audit log" }).click();
  const log = page.getByRole("table", { name: "Audit log" });
  const made = log.getByRole("row").filter({ hasText: `created an API key Night shift ${word}` });
  await expect(made).toContainText("local owner");

  // What is done elsewhere appears by itself, and what has ended still has its name.
  const other = await page.context().newPage();
  await other.goto("/settings");
  await untilAwake(other);
  await other.getByRole("button", { name: `Revoke Night shift ${word}` }).click();
  await other.getByRole("dialog").getByRole("button", { name: "Revoke key" }).click();
  await other.getByText(`Key Night shift ${word} revoked.`).waitFor();
  await other.close();
  const revoked = log.getByRole("row").filter({ hasText: `revoked an API key Night shift ${word}` });
  await expect(revoked).toBeVisible();

  await page.getByRole("combobox", { name: "Type" }).selectOption("Sign-ins");
  await expect(page).toHaveURL(/about=session/);
  await expect(log.getByRole("row").filter({ hasText: "signed in" }).first()).toBeVisible();
  await expect(revoked).toHaveCount(0);

  await page.getByRole("button", { name: "Verify log" }).click();
  const verdict = page.getByRole("status").filter({ hasText: "The log is intact." });
  await expect(verdict).toContainText("none changed, moved or removed");
  await expect(verdict).toContainText("Proof of entry");
});
