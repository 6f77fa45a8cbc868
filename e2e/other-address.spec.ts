import { expect, test } from "./fixtures";
import { openAwake } from "./support/open-awake";

test("who comes by another address than the server's own makes links that lead there, and is told how all others do", async ({
  page,
  floor,
  word,
}) => {
  const here = floor.url.replace("127.0.0.1", "localhost");
  await page.goto((await floor.signInLink()).replace(floor.url, here));
  await openAwake(page, `${here}/settings`);
  await page.getByRole("button", { name: "Invite member" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill(`Ida ${word}`);
  await dialog.getByRole("button", { name: "Create link" }).click();
  await expect(dialog.locator("code")).toContainText(`${here}/sign-in?token=`);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText(`You are at ${here}. Set WATCHFLOOR_PUBLIC_URL to it`)).toBeVisible();
  await openAwake(page, `${floor.url}/settings`);
  await expect(page.getByText("Public URL")).toBeVisible();
  await expect(page.getByText("WATCHFLOOR_PUBLIC_URL")).toHaveCount(0);
});
