import { expect, test } from "./fixtures";
import { openAwake } from "./support/open-awake";

const iPad = "Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/604.1";

test("a tablet that was lost is signed out from another browser, and shows nothing more", async ({ page, browser, floor }) => {
  const context = await browser.newContext({ userAgent: iPad, storageState: { cookies: [], origins: [] } });
  const lost = await context.newPage();
  // A link into Watchfloor, in a message for instance, is followed to its end behind the sign-in.
  await lost.goto(`${floor.url}/approvals?tab=decided`);
  await expect(lost).toHaveURL(/\/signed-out/);
  await lost.goto(await floor.signInLink());
  await expect(lost).toHaveURL(/\/approvals\?tab=decided$/);
  await openAwake(lost, `${floor.url}/runs`);

  await openAwake(page, "/settings");
  const table = page.getByRole("table", { name: "Browsers" });
  await expect(table.getByRole("row").filter({ hasText: "this one" })).toHaveCount(1);
  const row = table.getByRole("row").filter({ hasText: "Safari on iPad" });
  await expect(row).toContainText("local owner");
  await row.getByRole("button", { name: "Sign out Safari on iPad of local owner" }).click();
  await expect(page.getByText("Safari on iPad of local owner signed out.")).toBeVisible();
  await expect(row).toHaveCount(0);

  await expect(lost).toHaveURL(/\/signed-out/);
  await lost.goto(`${floor.url}/runs`);
  await expect(lost).toHaveURL(/\/signed-out/);
  await context.close();
});
